namespace Headgate.Gateway.Errors;

/// <summary>One occurrence of a catalogue error. Immutable.</summary>
/// <param name="Kind">The catalogue entry.</param>
/// <param name="Detail">What happened this time, for the client to read; no secrets, no internal addresses.</param>
public sealed record GatewayFailure(GatewayErrorKind Kind, string Detail)
{
    /// <summary>The upstream service at fault, or null.</summary>
    public string? Service { get; init; }

    /// <summary>When trying again makes sense, or null. Sent as <c>Retry-After</c>, rounded up to whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>For a rate limit: the quota that is used up, or null.</summary>
    public FailureQuota? Quota { get; init; }

    /// <summary>For 405: the value of <c>Allow</c>.</summary>
    public string? Allow { get; init; }

    /// <summary>For 415: the value of <c>Accept</c>, the media types that would be taken (RFC 9110 §12.5.1).</summary>
    public string? Accept { get; init; }

    /// <summary>For 401 and 403: the value of <c>WWW-Authenticate</c> (RFC 9110 §11.6.1), or null.</summary>
    public string? Challenge { get; init; }

    /// <summary>For validation: what is wrong and where; empty otherwise.</summary>
    public IReadOnlyList<FailureDetail> Errors { get; init; } = [];
}
