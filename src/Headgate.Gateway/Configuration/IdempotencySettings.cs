using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How <c>Idempotency-Key</c> is treated, for a document or one operation.</summary>
public record IdempotencySettings
{
    /// <summary>Whether a request without a key is refused.</summary>
    [Setting("Whether a request without an `Idempotency-Key` is refused with 400.")]
    [Shorthand]
    public bool Required { get; init; }

    /// <summary>How long an answer is kept.</summary>
    [Setting("How long an answer is kept to be given again.", Range = "1m..31d")]
    public Duration Ttl { get; init; } = new(TimeSpan.FromDays(1));

    /// <summary>Within what a key is unique.</summary>
    [Setting("Within what a key is unique: the caller's requests to the operation, or all of the tenant's.")]
    public IdempotencyScope Scope { get; init; }

    /// <summary>The largest request body.</summary>
    [Setting("The largest body of a request with a key: it is held in memory; a larger one is refused with 413.", Range = "1KiB..64MiB")]
    public ByteSize MaxBody { get; init; } = ByteSize.FromMebibytes(1);

    /// <summary>The largest answer that is kept.</summary>
    [Setting("The largest body of an answer that is kept; a larger one is given once, and afterwards an error with its `Location`.", Range = "1KiB..16MiB")]
    public ByteSize MaxAnswer { get; init; } = ByteSize.FromKibibytes(256);
}
