using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>When an instance that fails while others serve is left out for a while.</summary>
public sealed record EjectionSettings
{
    /// <summary>Whether instances are left out.</summary>
    [Setting("Whether an instance that fails is left out for a while.")]
    [Shorthand]
    public bool Enabled { get; init; } = true;

    /// <summary>After how many failures in a row.</summary>
    [Setting("After how many failures in a row an instance is left out.", Range = "1..10000")]
    public int Failures { get; init; } = 5;

    /// <summary>At which share of failures.</summary>
    [Setting("At how many failures in a hundred calls an instance is left out, where the other instances together have not half as many.", Range = "1..100")]
    public int FailureRate { get; init; } = 50;

    /// <summary>The fewest calls of which a share is taken.</summary>
    [Setting("The fewest calls of an instance in `interval` of which `failureRate` is taken.", Range = "1..1000000")]
    public int MinCalls { get; init; } = 20;

    /// <summary>The time over which calls are counted.</summary>
    [Setting("The time over which calls are counted for `failureRate`.", Range = "1s..1h")]
    public Duration Interval { get; init; } = Duration.FromSeconds(10);

    /// <summary>How long an instance is left out the first time.</summary>
    [Setting("For how long an instance is left out the first time; each further time it is twice as long.", Range = "100ms..1h")]
    public Duration BaseTime { get; init; } = Duration.FromSeconds(10);

    /// <summary>How long an instance is left out at most.</summary>
    [Setting("For how long an instance is left out at most. One that has served for this time without being left out begins with `baseTime` again.", Range = "100ms..24h")]
    public Duration MaxTime { get; init; } = Duration.FromSeconds(300);

    /// <summary>How many may be left out at once.</summary>
    [Setting("How many instances in a hundred may be left out at once, rounded down.", Range = "0..100")]
    public int MaxPercent { get; init; } = 50;
}
