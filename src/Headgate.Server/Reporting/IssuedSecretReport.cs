namespace Headgate.Server.Reporting;

/// <summary>A secret of a service account, shown this once.</summary>
/// <param name="ClientId">The id that goes with it.</param>
/// <param name="ClientSecret">The secret.</param>
/// <param name="TokenEndpoint">Where clients get tokens for them; null while the gateway does not know its own address.</param>
/// <param name="Account">The account.</param>
/// <param name="Notes">What may not be as it was meant: scopes that no document declares, no document that asks for such tokens.</param>
internal sealed record IssuedSecretReport(string ClientId, string ClientSecret, string? TokenEndpoint, ServiceAccountReport Account, IReadOnlyList<string> Notes)
{
    /// <summary>Names no secret.</summary>
    public override string ToString() => ClientId;
}
