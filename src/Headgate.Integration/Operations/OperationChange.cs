namespace Headgate.Integration.Operations;

/// <summary>What changes about an operation at once. What is null stays as it was. Immutable.</summary>
public sealed record OperationChange
{
    /// <summary>The end it has come to: <see cref="OperationState.Succeeded"/>, <see cref="OperationState.Failed"/> or <see cref="OperationState.Cancelled"/>; null while it goes on.</summary>
    public OperationState? End { get; init; }

    /// <summary>Why somebody has to look at it; only with <see cref="OperationState.Failed"/>. It can then be retried or resolved, and is kept until it is.</summary>
    public string? Attention { get; init; }

    /// <summary>How far it is, in percent, 0 to 100.</summary>
    public int? Progress { get; init; }

    /// <summary>What is going on.</summary>
    public string? Message { get; init; }

    /// <summary>Which part it is at.</summary>
    public string? Stage { get; init; }

    /// <summary>When it will probably have ended.</summary>
    public DateTimeOffset? EstimatedCompletion { get; init; }

    /// <summary>The state of the kind.</summary>
    public byte[]? Data { get; init; }

    /// <summary>What it has come to; only with <see cref="OperationState.Succeeded"/>.</summary>
    public OperationResult? Result { get; init; }

    /// <summary>Why it failed or was cancelled; of one that succeeded why its client is not told what it has come to, instead of a result.</summary>
    public OperationError? Error { get; init; }

    /// <summary>What there is to tell beside the message, line by line.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Further members of the event that tells of the change: which step, how it went. Names as in JSON: <c>step</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; } = [];

    /// <summary>Whether nothing of it is anybody's business: then no event tells of it.</summary>
    internal bool IsSilent => End is null && Progress is null && Message is null && Stage is null && EstimatedCompletion is null && Lines.Count == 0 && Facts.Count == 0;
}
