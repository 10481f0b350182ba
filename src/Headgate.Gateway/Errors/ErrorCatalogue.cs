namespace Headgate.Gateway.Errors;

/// <summary>
/// The errors that the data plane itself can produce. Names are stage × culprit; clients switch on <see cref="GatewayErrorKind.Code"/>,
/// operators on <see cref="GatewayErrorKind.Name"/>.
/// </summary>
public static class ErrorCatalogue
{
    /// <summary>The request target cannot be understood: bad percent-encoding, a NUL, dot segments above the root.</summary>
    public static readonly GatewayErrorKind RequestTargetInvalid = new("request_target_invalid", "VALIDATION_ERROR", 400, "The request target is not valid.");

    /// <summary>The message framing is ambiguous or uses a transfer coding that is not forwarded.</summary>
    public static readonly GatewayErrorKind RequestFramingInvalid = new("request_framing_invalid", "VALIDATION_ERROR", 400, "The request is ambiguously framed.");

    /// <summary>No document declares the path.</summary>
    public static readonly GatewayErrorKind RouteNotFound = new("route_not_found", "NOT_FOUND", 404, "There is no such resource.");

    /// <summary>The operation went away on the date that its document had announced.</summary>
    public static readonly GatewayErrorKind OperationGone = new("operation_gone", "GONE", 410, "The operation is no longer there.");

    /// <summary>The request names no version of the API, and none is meant without a name.</summary>
    public static readonly GatewayErrorKind ApiVersionMissing = new("api_version_missing", "VALIDATION_ERROR", 400, "The request names no version of the API.");

    /// <summary>The request names a version of the API that the path does not have.</summary>
    public static readonly GatewayErrorKind ApiVersionUnknown = new("api_version_unknown", "VALIDATION_ERROR", 400, "There is no such version of the API.");

    /// <summary>The path exists, the method does not.</summary>
    public static readonly GatewayErrorKind MethodNotAllowed = new("method_not_allowed", "METHOD_NOT_ALLOWED", 405, "The resource does not support this method.");

    /// <summary>The request body is larger than the operation takes.</summary>
    public static readonly GatewayErrorKind RequestBodyTooLarge = new("request_body_too_large", "PAYLOAD_TOO_LARGE", 413, "The request body is too large.");

    /// <summary>The requests under way hold as much memory for bodies as they may together.</summary>
    public static readonly GatewayErrorKind RequestMemoryFull = new("request_memory_full", "SERVICE_UNAVAILABLE", 503, "Too many request bodies are held at once.");

    /// <summary>The client stopped sending its body in time.</summary>
    public static readonly GatewayErrorKind RequestBodyTimeout = new("request_body_timeout", "REQUEST_TIMEOUT", 408, "The request body did not arrive in time.");

    /// <summary>The client broke off or sent a malformed body.</summary>
    public static readonly GatewayErrorKind RequestBodyInvalid = new("request_body_invalid", "VALIDATION_ERROR", 400, "The request body is malformed.");

    /// <summary>Parameters or body are not as the document declares them.</summary>
    public static readonly GatewayErrorKind RequestInvalid = new("request_invalid", "VALIDATION_ERROR", 400, "The request is not as the API declares it.");

    /// <summary>The body is of a media type that the operation does not take.</summary>
    public static readonly GatewayErrorKind RequestMediaTypeUnsupported = new("request_media_type_unsupported", "UNSUPPORTED_MEDIA_TYPE", 415, "The media type of the body is not supported.");

    /// <summary>The client accepts none of the media types in which the operation answers.</summary>
    public static readonly GatewayErrorKind ResponseNotAcceptable = new("response_not_acceptable", "NOT_ACCEPTABLE", 406, "The operation has no answer of a media type that the client accepts.");

    /// <summary>The request wants another answer than there is: <c>If-Match</c>, <c>If-Unmodified-Since</c>.</summary>
    public static readonly GatewayErrorKind PreconditionFailed = new("precondition_failed", "PRECONDITION_FAILED", 412, "The request's condition does not hold.");

    /// <summary>The client went away. Never sent; the status of logs and metrics.</summary>
    public static readonly GatewayErrorKind ClientClosedRequest = new("client_closed_request", "CLIENT_CLOSED_REQUEST", 499, "The client closed the connection.");

    /// <summary>The client calls from an address from which nobody may.</summary>
    public static readonly GatewayErrorKind ClientAddressDenied = new("client_address_denied", "FORBIDDEN", 403, "The client's address may not call.");

    /// <summary>The request target is longer than the operation takes.</summary>
    public static readonly GatewayErrorKind RequestUrlTooLong = new("request_url_too_long", "URI_TOO_LONG", 414, "The request's URL is too long.");

    /// <summary>The header fields are larger than the operation takes.</summary>
    public static readonly GatewayErrorKind RequestHeadersTooLarge = new("request_headers_too_large", "REQUEST_HEADER_FIELDS_TOO_LARGE", 431, "The request's header fields are too large.");

    /// <summary>The operation needs an <c>Idempotency-Key</c>.</summary>
    public static readonly GatewayErrorKind IdempotencyKeyMissing = new("idempotency_key_missing", "VALIDATION_ERROR", 400, "The request has no idempotency key.");

    /// <summary>The <c>Idempotency-Key</c> is none.</summary>
    public static readonly GatewayErrorKind IdempotencyKeyInvalid = new("idempotency_key_invalid", "VALIDATION_ERROR", 400, "The idempotency key is not valid.");

    /// <summary>The key was used for another request.</summary>
    public static readonly GatewayErrorKind IdempotencyKeyReused = new("idempotency_key_reused", "IDEMPOTENCY_KEY_REUSED", 422, "The idempotency key was used for another request.");

    /// <summary>The request with the key is still under way.</summary>
    public static readonly GatewayErrorKind IdempotentRequestRunning = new("idempotent_request_running", "CONFLICT", 409, "A request with this idempotency key is under way.");

    /// <summary>The request was carried out before, and its answer was too large to be kept.</summary>
    public static readonly GatewayErrorKind IdempotentAnswerTooLarge = new("idempotent_answer_too_large", "CONFLICT", 409, "The answer to the first request with this key is not there any more.");

    /// <summary>A rate limit has no room for the request.</summary>
    public static readonly GatewayErrorKind RateLimitExceeded = new("rate_limit_exceeded", "RATE_LIMIT_EXCEEDED", 429, "The rate limit is exceeded.");

    /// <summary>As many requests are under way as may be at once.</summary>
    public static readonly GatewayErrorKind ConcurrencyLimitExceeded = new("concurrency_limit_exceeded", "RATE_LIMIT_EXCEEDED", 429, "Too many requests are under way at once.");

    /// <summary>The service was called as often as it may be, and the turn of this call does not come in time.</summary>
    public static readonly GatewayErrorKind OutboundLimitExceeded = new("outbound_limit_exceeded", "SERVICE_UNAVAILABLE", 503, "The upstream service may not be called more often now.");

    /// <summary>The tenant header holds something else than one tenant.</summary>
    public static readonly GatewayErrorKind TenantInvalid = new("request_tenant_invalid", "VALIDATION_ERROR", 400, "The tenant is not valid.");

    /// <summary>The operation asks for a caller, and the request has no credential.</summary>
    public static readonly GatewayErrorKind CredentialsMissing = new("credentials_missing", "UNAUTHORIZED", 401, "The request has no credentials.");

    /// <summary>The credential does not hold: expired, forged, of another issuer or audience, malformed.</summary>
    public static readonly GatewayErrorKind CredentialsInvalid = new("credentials_invalid", "UNAUTHORIZED", 401, "The credentials are not accepted.");

    /// <summary>The credential cannot be checked now: the issuer's keys cannot be had.</summary>
    public static readonly GatewayErrorKind AuthenticationUnavailable = new("authentication_unavailable", "SERVICE_UNAVAILABLE", 503, "The credentials cannot be checked at the moment.");

    /// <summary>The credential holds and lacks a scope that the operation asks for.</summary>
    public static readonly GatewayErrorKind ScopeMissing = new("scope_missing", "FORBIDDEN", 403, "The credentials lack a scope.");

    /// <summary>No role of the caller permits the operation.</summary>
    public static readonly GatewayErrorKind PermissionMissing = new("permission_missing", "FORBIDDEN", 403, "The caller lacks a permission.");

    /// <summary>The request names another tenant than the caller's.</summary>
    public static readonly GatewayErrorKind TenantMismatch = new("request_tenant_mismatch", "FORBIDDEN", 403, "The request is for another tenant.");

    /// <summary>The operation is served for a tenant only, and the request has none.</summary>
    public static readonly GatewayErrorKind TenantMissing = new("request_tenant_missing", "FORBIDDEN", 403, "The request is for no tenant.");

    /// <summary>The client wants a stored answer or none (<c>only-if-cached</c>), and there is none that could be given.</summary>
    public static readonly GatewayErrorKind CachedResponseMissing = new("cached_response_missing", "GATEWAY_TIMEOUT", 504, "There is no stored answer.");

    /// <summary>The operation's handler does not exist in this build.</summary>
    public static readonly GatewayErrorKind HandlerNotImplemented = new("handler_not_implemented", "NOT_IMPLEMENTED", 501, "The operation is not implemented.");

    /// <summary>No connection: the name did not resolve.</summary>
    public static readonly GatewayErrorKind UpstreamDnsFailed = new("upstream_dns_failed", "BAD_GATEWAY", 502, "The upstream service could not be found.") { ProxyStatus = "dns_error" };

    /// <summary>No connection: refused or unreachable, on every instance that was tried.</summary>
    public static readonly GatewayErrorKind UpstreamConnectFailed = new("upstream_connect_failed", "BAD_GATEWAY", 502, "The upstream service could not be reached.") { ProxyStatus = "connection_refused" };

    /// <summary>No connection in time.</summary>
    public static readonly GatewayErrorKind UpstreamConnectTimeout = new("upstream_connect_timeout", "GATEWAY_TIMEOUT", 504, "The upstream service did not accept the connection in time.") { ProxyStatus = "connection_timeout" };

    /// <summary>The TLS handshake with the upstream failed.</summary>
    public static readonly GatewayErrorKind UpstreamTlsFailed = new("upstream_tls_failed", "BAD_GATEWAY", 502, "The upstream service's TLS handshake failed.") { ProxyStatus = "tls_protocol_error" };

    /// <summary>The upstream closed or reset the connection before a complete response head.</summary>
    public static readonly GatewayErrorKind UpstreamConnectionClosed = new("upstream_connection_closed", "BAD_GATEWAY", 502, "The upstream service closed the connection before it answered.") { ProxyStatus = "connection_terminated" };

    /// <summary>What the upstream sent is not a valid HTTP response.</summary>
    public static readonly GatewayErrorKind UpstreamResponseInvalid = new("upstream_response_invalid", "BAD_GATEWAY", 502, "The upstream service's answer is not valid HTTP.") { ProxyStatus = "http_protocol_error" };

    /// <summary>The response head is larger than Headgate takes.</summary>
    public static readonly GatewayErrorKind UpstreamResponseHeadTooLarge = new("upstream_response_head_too_large", "BAD_GATEWAY", 502, "The upstream service's response headers are too large.") { ProxyStatus = "http_response_header_section_size" };

    /// <summary>The upstream's response head did not come in time.</summary>
    public static readonly GatewayErrorKind UpstreamResponseTimeout = new("upstream_response_timeout", "GATEWAY_TIMEOUT", 504, "The upstream service did not respond in time.") { ProxyStatus = "http_response_timeout" };

    /// <summary>The upstream's body stopped coming. The head is out already: the client sees an incomplete message; this is the log's name for it.</summary>
    public static readonly GatewayErrorKind UpstreamBodyIncomplete = new("upstream_body_incomplete", "BAD_GATEWAY", 502, "The upstream service's answer broke off.") { ProxyStatus = "http_response_incomplete" };

    /// <summary>
    /// The upstream answered with an error of its own, which is told in the API's dialect (<c>errors.upstream: map</c>). Status, code and title are the upstream's.
    /// </summary>
    public static readonly GatewayErrorKind UpstreamError = new("upstream_error", "UPSTREAM_ERROR", 500, "The upstream service answered with an error.");

    /// <summary>The service has no instance to send to.</summary>
    public static readonly GatewayErrorKind UpstreamUnavailable = new("upstream_unavailable", "SERVICE_UNAVAILABLE", 503, "The upstream service is not available.") { ProxyStatus = "destination_unavailable" };

    /// <summary>What Headgate itself answers needs its store, which cannot be used now.</summary>
    public static readonly GatewayErrorKind StoreUnavailable = new("store_unavailable", "SERVICE_UNAVAILABLE", 503, "The gateway cannot use its store at the moment.");

    /// <summary>A bug of Headgate.</summary>
    public static readonly GatewayErrorKind InternalError = new("internal_error", "INTERNAL_ERROR", 500, "The gateway failed to handle the request.");
}
