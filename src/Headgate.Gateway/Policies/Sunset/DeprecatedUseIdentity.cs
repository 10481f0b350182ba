namespace Headgate.Gateway.Policies.Sunset;

/// <summary>Of which operation the calls are counted.</summary>
/// <param name="Api">The document.</param>
/// <param name="Operation">The operation's id.</param>
internal sealed record DeprecatedUseIdentity(string Api, string Operation);
