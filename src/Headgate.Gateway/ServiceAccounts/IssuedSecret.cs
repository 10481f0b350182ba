namespace Headgate.Gateway.ServiceAccounts;

/// <summary>A secret as it is shown once: only its digest is kept. Immutable.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Secret">The secret.</param>
public sealed record IssuedSecret(ServiceAccount Account, string Secret)
{
    /// <summary>The account alone: what prints this record must not print the secret.</summary>
    public override string ToString() => Account.ToString();
}
