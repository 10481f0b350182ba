using Headgate.Gateway.Policies.RateLimit;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Policies.ConcurrencyLimit;

/// <summary>How many requests may be under way at once.</summary>
public sealed record ConcurrencyRule
{
    /// <summary>Whose requests are counted together.</summary>
    [Setting("Whose requests are counted together.")]
    public RateLimitKey By { get; init; } = new(RateLimitBy.Endpoint);

    /// <summary>How many may be under way.</summary>
    [Setting("How many requests may be under way at once; a further one is refused with 429.", Range = "1..1000000")]
    [Shorthand]
    public required int Limit { get; init; }
}
