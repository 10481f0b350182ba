using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How failed calls to upstreams are repeated: only idempotent methods, or requests with an <c>Idempotency-Key</c>.</summary>
public sealed record RetrySettings
{
    /// <summary>How often a call is tried, the first try included.</summary>
    [Setting("How often a call is tried, the first try included.", Range = "1..10")]
    [Shorthand]
    public int Attempts { get; init; } = 3;

    /// <summary>How the waiting time grows.</summary>
    [Setting("How the waiting time between tries grows: doubling, by the base each time, or not at all.")]
    public Backoff Backoff { get; init; }

    /// <summary>The waiting time before the second try.</summary>
    [Setting("The waiting time before the second try.", Range = "0ms..1m")]
    public Duration BaseDelay { get; init; } = Duration.FromSeconds(1);

    /// <summary>The longest waiting time.</summary>
    [Setting("The longest waiting time between two tries.", Range = "0ms..10m")]
    public Duration MaxDelay { get; init; } = Duration.FromSeconds(10);

    /// <summary>The part of a waiting time that is left to chance.</summary>
    [Setting("The part of a waiting time that is added at random, so that callers do not return all at once.", Range = "0..1")]
    public double Jitter { get; init; } = 0.3;

    /// <summary>The statuses after which a call is repeated.</summary>
    [Setting("The response statuses after which a call is repeated.", Range = "400..599")]
    public IReadOnlyList<int> Statuses { get; init; } = [502, 503, 504];

    /// <summary>The failures after which a call is repeated.</summary>
    [Setting("The failures after which a call is repeated.")]
    public IReadOnlyList<RetryableError> Errors { get; init; } = [RetryableError.Connect, RetryableError.Reset, RetryableError.Timeout];

    /// <summary>The largest request body that is kept for a repetition.</summary>
    [Setting("The largest request body that is kept for a repetition; a request with a larger one is tried once.", Range = "0..64MiB")]
    public ByteSize MaxBody { get; init; } = ByteSize.FromKibibytes(64);
}
