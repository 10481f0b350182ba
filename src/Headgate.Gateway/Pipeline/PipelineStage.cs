namespace Headgate.Gateway.Pipeline;

/// <summary>
/// The order of policies, top to bottom: a request meets them in this order, its response in reverse. Request id, trace context, framing and
/// routing come before all of them and are no policies: every request goes through them (<see cref="RequestRunner"/>).
/// </summary>
public enum PipelineStage
{
    /// <summary>Whether the service's answer is as the document declares it. First, so that it is the last to see the answer.</summary>
    AnswerValidation,

    /// <summary>Which web pages may read the answer.</summary>
    Cors,

    /// <summary>Whether the answer is compressed.</summary>
    Compression,

    /// <summary>Which version of the API gives the answer.</summary>
    Versioning,

    /// <summary>What browsers are told to keep from doing with the answer.</summary>
    SecurityHeaders,

    /// <summary>From which addresses clients may call.</summary>
    AddressLists,

    /// <summary>How large the request may be.</summary>
    SizeLimits,

    /// <summary>How often clients may call, before it is known who they are.</summary>
    ClientLimits,

    /// <summary>Who calls.</summary>
    Authentication,

    /// <summary>For which tenant the request is.</summary>
    Tenancy,

    /// <summary>How often callers may call, once it is known who they are.</summary>
    CallerLimits,

    /// <summary>Whether the caller may do it.</summary>
    Authorization,

    /// <summary>Whether the operation is still there, and who still calls one that goes away.</summary>
    Deprecation,

    /// <summary>How many requests may be under way at once.</summary>
    ConcurrencyLimits,

    /// <summary>Which header fields the service sees.</summary>
    RequestHeaders,

    /// <summary>Which header fields of the service's answer the client sees.</summary>
    ResponseHeaders,

    /// <summary>Which fields of the answer the client sees.</summary>
    View,

    /// <summary>Whether the request is as the document declares it.</summary>
    RequestValidation,

    /// <summary>Whether the request was carried out before.</summary>
    Idempotency,

    /// <summary>Whether there is an answer already.</summary>
    Cache,
}
