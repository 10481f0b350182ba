namespace Commerce.Audit;

/// <summary>What an auditor needs of a saga: how it stands, and what its steps made.</summary>
internal sealed record AuditedSaga
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string State { get; init; } = "";

    /// <summary>Why somebody has to look at it; null when nobody has to.</summary>
    public string? Attention { get; init; }

    public bool NeedsAttention => Attention is not null;

    public bool Ended => State is "succeeded" or "failed" or "cancelled";

    /// <summary>Whether nothing of it may be left: it ended without success, and says that all is undone.</summary>
    public bool IsUndone => Ended && State != "succeeded" && !NeedsAttention;

    /// <summary>Whether all of it has to be there.</summary>
    public bool IsDone => State == "succeeded" && !NeedsAttention;
}
