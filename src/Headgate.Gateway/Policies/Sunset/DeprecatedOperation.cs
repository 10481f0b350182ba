namespace Headgate.Gateway.Policies.Sunset;

/// <summary>A deprecated operation and its calls, of this process and since its start. Immutable.</summary>
public sealed record DeprecatedOperation
{
    /// <summary>The document.</summary>
    public required string Api { get; init; }

    /// <summary>The operation's id.</summary>
    public required string Operation { get; init; }

    /// <summary>When a document that deprecates it was first loaded in this process: since then its calls are counted.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>All calls of callers who may call.</summary>
    public required long Calls { get; init; }

    /// <summary>How many callers are told apart.</summary>
    public required int CallerCount { get; init; }

    /// <summary>The busiest of them, the busiest first.</summary>
    public required IReadOnlyList<DeprecatedCaller> Callers { get; init; }

    /// <summary>Calls of callers beyond the bound of those who are told apart.</summary>
    public required long OtherCalls { get; init; }
}
