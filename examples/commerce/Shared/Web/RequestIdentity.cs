using System.Buffers;

namespace Commerce.Shared.Web;

/// <summary>Gives every request its <c>X-Request-ID</c> and <c>X-Correlation-ID</c>: the caller's where they are sane, new ones else.</summary>
internal static class RequestIdentity
{
    public const string RequestIdHeader = "X-Request-ID";
    public const string CorrelationIdHeader = "X-Correlation-ID";
    public const string RequestIdKey = "commerce.request-id";
    public const string CorrelationIdKey = "commerce.correlation-id";

    private const int LongestId = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var requestId = Sane(http.Request.Headers[RequestIdHeader]) ?? Guid.CreateVersion7().ToString();
        var correlationId = Sane(http.Request.Headers[CorrelationIdHeader]) ?? requestId;
        http.Items[RequestIdKey] = requestId;
        http.Items[CorrelationIdKey] = correlationId;
        http.Response.Headers[RequestIdHeader] = requestId;
        http.Response.Headers[CorrelationIdHeader] = correlationId;
        return next(http);
    }

    /// <summary>An id that may stand in a header and in a log; null when it may not.</summary>
    public static string? Sane(string? value) =>
        value is { Length: > 0 and <= LongestId } && !value.AsSpan().ContainsAnyExcept(Allowed) ? value : null;
}
