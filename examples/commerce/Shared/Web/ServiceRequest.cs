using System.Text.Json;
using Commerce.Shared.Security;

namespace Commerce.Shared.Web;

/// <summary>One request, authenticated and with its body read, as endpoints see it.</summary>
internal sealed class ServiceRequest(HttpContext http, Caller caller, CallContext call, byte[] body)
{
    public HttpContext Http { get; } = http;

    public Caller Caller { get; } = caller;

    /// <summary>The ids that calls to other services carry on.</summary>
    public CallContext Call { get; } = call;

    public byte[] RawBody { get; } = body;

    public QueryReader Query { get; } = new(http.Request.Query);

    public CancellationToken Aborted => Http.RequestAborted;

    public string Route(string name) => (string)Http.Request.RouteValues[name]!;

    public string? Header(string name) => Http.Request.Headers[name] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>The body as <typeparamref name="T"/>; what does not fit is a 400 that names the place, another media type a 415.</summary>
    public T Body<T>()
    {
        if (RawBody.Length == 0)
            throw ApiException.Invalid("", "a JSON body is required");
        // RFC 9110 §15.5.16: the content is in a format that this method does not support on the target.
        if (!Http.Request.HasJsonContentType())
        {
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE",
                "The body must be application/json.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(RawBody, Json.Options)
                ?? throw ApiException.Invalid("", "must not be null");
        }
        catch (JsonException error)
        {
            throw ApiException.Invalid(Pointer(error.Path), Detail(error));
        }
    }

    /// <summary>The body, or <paramref name="fallback"/> when there is none.</summary>
    public T BodyOr<T>(T fallback) => RawBody.Length == 0 ? fallback : Body<T>();

    private static string Pointer(string? path) =>
        path is null or "$" ? "" : path[1..].Replace('.', '/').Replace("[", "/").Replace("]", "");

    // The serializer's text names CLR types; what a client can use of it is the list of missing properties.
    private static string Detail(JsonException error)
    {
        const string missing = "including: ";
        var start = error.Message.IndexOf(missing, StringComparison.Ordinal);
        return start >= 0
            ? $"is missing {error.Message[(start + missing.Length)..].TrimEnd('.')}"
            : "is not valid here";
    }
}
