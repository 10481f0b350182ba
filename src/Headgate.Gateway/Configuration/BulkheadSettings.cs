using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How many calls may be under way at once, so that one slow service does not take all connections.</summary>
public sealed record BulkheadSettings
{
    /// <summary>How many calls may be under way.</summary>
    [Setting("How many calls may be under way at once.", Range = "1..100000")]
    [Shorthand]
    public required int MaxConcurrent { get; init; }

    /// <summary>How many more may wait.</summary>
    [Setting("How many more may wait for their turn; beyond that the answer is 503.", Range = "0..100000")]
    public int MaxQueue { get; init; }

    /// <summary>How long one may wait.</summary>
    [Setting("How long one may wait for its turn; after that the answer is 503.", Range = "0ms..10m")]
    public Duration MaxWait { get; init; } = Duration.FromSeconds(1);
}
