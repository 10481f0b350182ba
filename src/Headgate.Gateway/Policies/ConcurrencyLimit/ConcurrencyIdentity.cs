using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Policies.ConcurrencyLimit;

/// <summary>What makes a concurrency limit the same after a reload: requests that are under way then still count.</summary>
/// <param name="Api">The document.</param>
/// <param name="Operation">The operation, where each has counts of its own; else null.</param>
/// <param name="Service">The service, where each has counts of its own; else null.</param>
/// <param name="By">Whose requests are counted together.</param>
internal sealed record ConcurrencyIdentity(string Api, string? Operation, string? Service, RateLimitKey By)
{
    /// <summary>The same as text; the order of limits in lists.</summary>
    public string Key => $"{Api}\n{Operation}\n{Service}\n{LimitKind.Concurrency}\n{By}";
}
