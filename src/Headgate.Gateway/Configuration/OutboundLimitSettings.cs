using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How often Headgate may call a service.</summary>
public sealed record OutboundLimitSettings
{
    /// <summary>How many calls.</summary>
    [Setting("How many calls in any stretch of time as long as `window`.", Range = "1..1000000")]
    public required int Limit { get; init; }

    /// <summary>The window.</summary>
    [Setting("The window.", Range = "1s..31d")]
    public Duration Window { get; init; } = Duration.FromSeconds(60);

    /// <summary>How long a call may wait for its turn.</summary>
    [Setting("How long a call may wait for its turn. One whose turn cannot come in that time is answered with 503 at once.", Range = "0ms..10m")]
    public Duration Wait { get; init; }

    /// <summary>How many calls may wait.</summary>
    [Setting("How many calls may wait for their turn; a further one is answered with 503.", Range = "0..100000")]
    public int Queue { get; init; } = 1000;
}
