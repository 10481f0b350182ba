namespace Headgate.Server.Reporting;

/// <summary>A running instance as <c>headgate status</c> shows it.</summary>
internal sealed record StatusReport
{
    public required string Version { get; init; }

    public required int ProcessId { get; init; }

    /// <summary><c>starting</c>, <c>ready</c> or <c>draining</c>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required IReadOnlyList<string> Listen { get; init; }

    /// <summary>The plan in force, counted from 1.</summary>
    public required int Generation { get; init; }

    public required long ReloadsSucceeded { get; init; }

    public required long ReloadsFailed { get; init; }

    public required LastReload? LastReload { get; init; }

    /// <summary>Whether it wants traffic, and what of it is under way.</summary>
    public required DrainReport Drain { get; init; }

    /// <summary>The latest reloads, the latest first.</summary>
    public required IReadOnlyList<PastReload> Reloads { get; init; }

    /// <summary>The services that the documents call.</summary>
    public required IReadOnlyList<ServiceReport> Services { get; init; }

    /// <summary>The deprecated operations in force.</summary>
    public required IReadOnlyList<DeprecatedReport> Deprecated { get; init; }

    /// <summary>What the log tells for a while beyond, or short of, its settings.</summary>
    public required IReadOnlyList<LogLevelReport> LogLevels { get; init; }

    public required StoreReport Store { get; init; }

    /// <summary>Long work; null while nothing is known of it.</summary>
    public required LongWorkReport? Work { get; init; }

    /// <summary>Work in the background that a fault of Headgate itself ended and that was begun again within the last minute.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    public required KnownRolesReport Roles { get; init; }

    public required IReadOnlyList<DocumentReport> Documents { get; init; }

    /// <summary>What Headgate itself offers beside them.</summary>
    public required IReadOnlyList<BuiltInReport> BuiltIns { get; init; }
}
