namespace Headgate.Gateway.ServiceAccounts.SigningKeys;

/// <summary>A key that signs tokens of service accounts, as the store has it. Immutable.</summary>
/// <param name="KeyId">Its id: the thumbprint of its public part (RFC 7638).</param>
/// <param name="PublicKey">Its public part as a JSON Web Key.</param>
/// <param name="PrivateKey">Its private part as <see cref="KeyProtection"/> keeps it.</param>
/// <param name="Protection">How the private part is kept.</param>
/// <param name="Created">When it was made.</param>
/// <param name="SignsFrom">From when on it signs, until a later one does.</param>
internal sealed record SigningKey(string KeyId, string PublicKey, byte[] PrivateKey, string Protection, DateTimeOffset Created, DateTimeOffset SignsFrom)
{
    /// <summary>Names no part of the key.</summary>
    public override string ToString() => KeyId;
}
