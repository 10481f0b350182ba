using Headgate.Gateway.ServiceAccounts.SigningKeys;

namespace Headgate.Server.Reporting;

/// <summary>A key that signs tokens of service accounts, as the admin API and <c>headgate signing-keys</c> show it.</summary>
/// <param name="KeyId">Its id.</param>
/// <param name="State"><c>next</c>, <c>signing</c> or <c>retiring</c>.</param>
/// <param name="Created">When it was made.</param>
/// <param name="SignsFrom">From when on it signs.</param>
/// <param name="KeptUntil">When it goes; null while no later key is there.</param>
/// <param name="Encrypted">Whether its private part is encrypted in the store.</param>
internal sealed record SigningKeyListing(string KeyId, string State, DateTimeOffset Created, DateTimeOffset SignsFrom, DateTimeOffset? KeptUntil, bool Encrypted)
{
    public static IReadOnlyList<SigningKeyListing> Of(IReadOnlyList<SigningKeyReport> keys) =>
        [.. keys.Select(key => new SigningKeyListing(key.KeyId, key.State.ToString().ToLowerInvariant(), key.Created, key.SignsFrom, key.KeptUntil, key.Encrypted))];
}
