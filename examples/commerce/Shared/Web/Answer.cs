using Microsoft.Extensions.Primitives;

namespace Commerce.Shared.Web;

/// <summary>What an endpoint answers: complete and in bytes, so that it can be stored and given again unchanged.</summary>
internal sealed record Answer(int Status, byte[] Body)
{
    private static readonly byte[] Nothing = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Answer Ok<T>(T body) => new(StatusCodes.Status200OK, Json.Bytes(body));

    public static Answer NoContent() => new(StatusCodes.Status204NoContent, Nothing);

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
        response.ContentType = "application/json";
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, cancellationToken);
    }
}
