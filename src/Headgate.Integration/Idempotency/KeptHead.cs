namespace Headgate.Integration.Idempotency;

/// <summary>All of an answer but its body, as the store keeps it.</summary>
internal sealed record KeptHead
{
    public required int Status { get; init; }

    /// <summary>Whether the body is kept: it was small enough.</summary>
    public required bool IsWhole { get; init; }

    public required IReadOnlyDictionary<string, string[]> Headers { get; init; }

    /// <summary>For an error of the service that is told in the API's own dialect; null otherwise.</summary>
    public KeptError? Error { get; init; }
}
