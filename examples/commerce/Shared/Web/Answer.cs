using Microsoft.Extensions.Primitives;

namespace Commerce.Shared.Web;

/// <summary>What an endpoint answers: complete and in bytes, so that it can be stored and given again unchanged.</summary>
internal sealed record Answer(int Status, byte[] Body)
{
    private static readonly byte[] Nothing = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string ContentType { get; init; } = "application/json";

    public static Answer Ok<T>(T body) => new(StatusCodes.Status200OK, Json.Bytes(body));

    public static Answer Ok() => new(StatusCodes.Status200OK, Nothing);

    public static Answer NoContent() => new(StatusCodes.Status204NoContent, Nothing);

    // RFC 9110 §15.4.4: the browser goes on with GET, so that a password that was posted is not posted to the next place too.
    public static Answer SeeOther(string location) =>
        new Answer(StatusCodes.Status303SeeOther, Nothing).With("Location", location);

    public static Answer NotModified(string etag) =>
        new Answer(StatusCodes.Status304NotModified, Nothing).With("ETag", etag);

    public static Answer Created<T>(string location, T body) =>
        new Answer(StatusCodes.Status201Created, Json.Bytes(body)).With("Location", location);

    public Answer With(string header, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = StringValues.Concat(response.Headers[name], value);
        if (Body.Length == 0)
            return;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, cancellationToken);
    }
}
