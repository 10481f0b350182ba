namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>Which limits are asked for.</summary>
public sealed record LimitQuery
{
    /// <summary>The document; null for all.</summary>
    public string? Api { get; init; }

    /// <summary>The <see cref="LimitUsage.Key"/> after which the list goes on; null for its beginning.</summary>
    public string? After { get; init; }

    /// <summary>The most limits. Default all.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>The most consumers of each that are named. Default 10.</summary>
    public int MostConsumers { get; init; } = 10;
}
