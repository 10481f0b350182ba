namespace Headgate.Gateway.Forwarding.Fallback;

/// <summary>What makes the counts of fallbacks the same after a reload.</summary>
/// <param name="Service">The service's name.</param>
internal sealed record FallbackIdentity(string Service);
