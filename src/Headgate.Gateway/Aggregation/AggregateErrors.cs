using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Aggregation;

/// <summary>The errors of an answer that is put together from several services.</summary>
internal static class AggregateErrors
{
    /// <summary>The service of a part answered with another status than 2xx.</summary>
    public static readonly GatewayErrorKind PartFailed =
        new("aggregate_part_failed", "BAD_GATEWAY", 502, "A service has no answer for a part of the whole.") { ProxyStatus = "destination_unavailable" };

    /// <summary>The answer of a part's service is no JSON, or lacks what is selected of it.</summary>
    public static readonly GatewayErrorKind AnswerInvalid =
        new("aggregate_answer_invalid", "BAD_GATEWAY", 502, "A service's answer cannot be a part of the whole.") { ProxyStatus = "http_protocol_error" };

    /// <summary>The parts together are larger than the answer may be.</summary>
    public static readonly GatewayErrorKind TooLarge =
        new("aggregate_too_large", "BAD_GATEWAY", 502, "The parts of the answer are too large together.") { ProxyStatus = "http_response_body_size" };

    /// <summary>The request does not have a value with which a part is asked for.</summary>
    public static readonly GatewayErrorKind ValueMissing =
        new("aggregate_value_missing", "VALIDATION_ERROR", 400, "The request lacks a value that a part of the answer needs.");
}
