namespace Commerce.Shared.Idempotency;

/// <summary>One row of <c>idempotency_keys</c>. Without a status the work has begun and its outcome is not known yet.</summary>
internal sealed record IdempotencyEntry
{
    public string Fingerprint { get; init; } = "";

    public string? ResourceId { get; init; }

    public long? Status { get; init; }

    public string? Headers { get; init; }

    public byte[]? Body { get; init; }
}
