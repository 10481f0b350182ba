using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>When calls to a failing service stop for a while. Failures are connect errors, timeouts, 502, 503 and 504.</summary>
public sealed record CircuitBreakerSettings
{
    /// <summary>Whether there is a breaker.</summary>
    [Setting("Whether there is a breaker.")]
    [Shorthand]
    public bool Enabled { get; init; } = true;

    /// <summary>After how many failures in a row it opens.</summary>
    [Setting("After how many failures in a row it opens.", Aliases = ["threshold", "failureThreshold"], Range = "1..10000")]
    public int Failures { get; init; } = 5;

    /// <summary>How long it stays open.</summary>
    [Setting("How long it stays open before it lets a call try again.", Aliases = ["timeout", "resetTimeout"], Range = "100ms..24h")]
    public Duration OpenFor { get; init; } = Duration.FromSeconds(60);

    /// <summary>After how many successes in a row it closes again.</summary>
    [Setting("After how many successes in a row it closes again.", Aliases = ["successThreshold"], Range = "1..10000")]
    public int Successes { get; init; } = 2;
}
