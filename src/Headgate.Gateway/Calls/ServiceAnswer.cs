using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;

namespace Headgate.Gateway.Calls;

/// <summary>What came of a call to a service. Immutable.</summary>
public sealed record ServiceAnswer
{
    /// <summary>The status with which the service answered, whole; 0 when it did not.</summary>
    public int Status { get; init; }

    /// <summary>Why there is no answer; null when there is one.</summary>
    public GatewayFailure? Failure { get; init; }

    /// <summary>Whether the service may have received something: false only when it is certain that it did not.</summary>
    public required bool MayHaveArrived { get; init; }

    /// <summary>Whether the call cannot be made at all, now or later: a value is missing.</summary>
    public bool IsImpossible { get; init; }

    /// <summary>The body of the answer; empty when it has none, or one that is larger than what is kept.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether the service answered with a body that is not here: it is larger than what is kept, or encoded though nobody asked for that.</summary>
    public bool IsBodyLost { get; init; }

    /// <summary>Whether the body is whole JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The media type of the body, or null.</summary>
    public string? MediaType { get; init; }

    /// <summary>Where the service says that what it made is; null where it says nothing.</summary>
    public string? Location { get; init; }

    /// <summary>The error that an answer with a status of 400 or more tells of, in words for clients.</summary>
    /// <param name="service">The service that answered.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="json">The body; empty where it is no JSON.</param>
    public static GatewayFailure FailureOf(string service, int status, ReadOnlySpan<byte> json) => UpstreamErrorMapping.FailureOf(service, status, json);

    /// <summary>When the service wants to be asked again, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
