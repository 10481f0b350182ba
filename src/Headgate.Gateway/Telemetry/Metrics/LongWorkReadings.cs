namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>How the operations of a store stood when they were last looked at, and what became of those of this process. Immutable.</summary>
public sealed record LongWorkReadings
{
    /// <summary>How many have not ended.</summary>
    public long UnderWay { get; init; }

    /// <summary>How long ago the first of them began; zero when there is none.</summary>
    public TimeSpan OldestAge { get; init; }

    /// <summary>How many of them should have ended by now, or wait for an instance that does not come.</summary>
    public long Stuck { get; init; }

    /// <summary>How many need somebody's attention.</summary>
    public long NeedAttention { get; init; }

    /// <summary>What part of the operations of one API that may need attention does, of the API of which most do.</summary>
    public double AttentionRatio { get; init; }

    /// <summary>The APIs that begin no more operations, since as many of theirs need attention as may.</summary>
    public IReadOnlyList<string> BeginNoMore { get; init; } = [];

    /// <summary>How many this process is at.</summary>
    public int Running { get; init; }

    /// <summary>How those ended that this process was at.</summary>
    public IReadOnlyList<LongWorkOutcome> Outcomes { get; init; } = [];

    /// <summary>How many this process took over from others that died or stopped.</summary>
    public long TakenOver { get; init; }

    /// <summary>How often one failed unexpectedly in this process.</summary>
    public long Failures { get; init; }
}
