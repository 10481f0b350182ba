namespace Headgate.Server.Reporting;

/// <summary>What a running instance did in the time between two looks, as <c>headgate top</c> shows it.</summary>
internal sealed record TopReport
{
    /// <summary>The later look.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The time between them.</summary>
    public required double Seconds { get; init; }

    public required double RequestsPerSecond { get; init; }

    /// <summary>Answers with a status of 500 or more.</summary>
    public required double ErrorsPerSecond { get; init; }

    public required long RequestsInFlight { get; init; }

    public required long Connections { get; init; }

    /// <summary>The processor time of the process, in processors.</summary>
    public required double Processors { get; init; }

    public required IReadOnlyList<TopOperation> Operations { get; init; }

    public required IReadOnlyList<TopService> Services { get; init; }
}
