namespace Headgate.Bench;

/// <summary>What one run of the benchmark was asked to do.</summary>
internal sealed record BenchOptions
{
    /// <summary>The <c>headgate</c> executable under test.</summary>
    public required string Program { get; init; }

    /// <summary>Another <c>headgate</c> executable, measured beside it wherever it is; null for none.</summary>
    public string? ComparedProgram { get; init; }

    /// <summary>The commerce services' executable.</summary>
    public required string Commerce { get; init; }

    /// <summary>The document of the commerce gateway.</summary>
    public required string CommerceDocument { get; init; }

    /// <summary>Where the table and the JSON are written.</summary>
    public required string ResultsFolder { get; init; }

    /// <summary>Name of the result files, without extension.</summary>
    public required string ResultName { get; init; }

    /// <summary>Scenario names, with <c>*</c> at either end; empty means all.</summary>
    public IReadOnlyList<string> ScenarioPatterns { get; init; } = [];

    /// <summary>Subjects to measure; empty means all.</summary>
    public IReadOnlyList<string> SubjectNames { get; init; } = [];

    /// <summary>Length of each measurement.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Load before the first measurement of each subject, so that compiled code and pools are at rest; up to twelve times as long for one whose requests still become cheaper or that still compiles code.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Measurements of each subject; the median counts.</summary>
    public required int Rounds { get; init; }

    /// <summary>Connections that the idle-connections scenario holds open.</summary>
    public required int IdleConnections { get; init; }
}
