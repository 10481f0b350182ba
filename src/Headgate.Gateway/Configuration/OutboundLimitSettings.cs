using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How often Headgate may call a service.</summary>
public sealed record OutboundLimitSettings
{
    /// <summary>How many calls.</summary>
    [Setting("How many calls in each window.", Range = "1..1000000000")]
    public required int Limit { get; init; }

    /// <summary>The window.</summary>
    [Setting("The window.", Range = "1s..31d")]
    public Duration Window { get; init; } = Duration.FromSeconds(60);

    /// <summary>How long a call may wait for its turn.</summary>
    [Setting("How long a call may wait for its turn; after that the answer is 503.", Range = "0ms..10m")]
    public Duration Wait { get; init; }
}
