using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Turns the error answer of an upstream into the dialect of the API: status, code and message stay the upstream's, the form becomes the
/// API's. Fields that say how to go on (<c>WWW-Authenticate</c>, <c>Retry-After</c>, <c>Allow</c>) stay.
/// </summary>
internal static class UpstreamErrorMapping
{
    private const int MostBodyBytes = 64 * 1024;

    /// <summary>Whether an answer is to be mapped: an error that is not in the dialect already.</summary>
    public static bool Wants(GatewayContext context)
    {
        if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
            return false;
        ErrorDialect dialect = context.Operation!.Api.Dialect;
        return dialect is not ProblemDialect || !IsOf(context.Response.Headers.ContentType, dialect.ContentType);
    }

    /// <summary>Reads the upstream's error and makes it the request's failure.</summary>
    public static async ValueTask ApplyAsync(GatewayContext context, string service)
    {
        ClientResponse response = context.Response;
        var captured = new CapturedBody(MostBodyBytes);
        bool readable = IsOf(response.Headers.ContentType, "json") && response.Headers.ContentEncoding.Count == 0;
        if (response.Body is { } body)
        {
            response.Captured = captured;
            await body.WriteAsync(context);
            await body.DisposeAsync(context);
            (response.Captured, response.Body, response.BodyBytes) = (null, null, 0);
        }

        ForgetRepresentation(response.Headers);
        context.Fail(FailureOf(service, response.StatusCode, readable && captured.IsWhole ? captured.Bytes.Span : default));
    }

    /// <summary>The error that a service's answer tells of.</summary>
    /// <param name="service">The service.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="json">The body; empty where nothing can be read of it.</param>
    public static GatewayFailure FailureOf(string service, int status, ReadOnlySpan<byte> json)
    {
        UpstreamErrorText text = json.IsEmpty ? UpstreamErrorText.None : UpstreamErrorText.Read(json);
        return new GatewayFailure(KindOf(status, text), text.Message ?? $"The service {service} answered with status {status}.") { Service = service, Errors = text.Errors };
    }

    private static GatewayErrorKind KindOf(int status, UpstreamErrorText text) => ErrorCatalogue.UpstreamError with
    {
        Status = status,
        Code = text.Code ?? CodeOf(status),
        Title = text.Title ?? ErrorCatalogue.UpstreamError.Title,
    };

    private static string CodeOf(int status) => status switch
    {
        400 or 422 => "VALIDATION_ERROR",
        401 => "UNAUTHORIZED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        409 => "CONFLICT",
        413 => "PAYLOAD_TOO_LARGE",
        415 => "UNSUPPORTED_MEDIA_TYPE",
        429 => "RATE_LIMIT_EXCEEDED",
        502 => "BAD_GATEWAY",
        503 => "SERVICE_UNAVAILABLE",
        504 => "GATEWAY_TIMEOUT",
        _ => ErrorCatalogue.UpstreamError.Code,
    };

    // What described the body that is replaced (RFC 9110 §8).
    private static void ForgetRepresentation(IHeaderDictionary headers)
    {
        headers.Remove("Content-Encoding");
        headers.Remove("Content-Language");
        headers.Remove("Content-Location");
        headers.Remove("Content-Range");
        headers.Remove("ETag");
        headers.Remove("Last-Modified");
    }

    private static bool IsOf(string? contentType, string part) => contentType is not null && contentType.Contains(part, StringComparison.OrdinalIgnoreCase);
}
