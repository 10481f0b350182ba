using System.Text.Json;

namespace Commerce.Connectors;

/// <summary>A call that did not end in a success. Without a status there was no answer, and the effect is not known.</summary>
internal sealed class HttpCallException(string message, Exception? cause = null) : Exception(message, cause)
{
    public int? Status { get; init; }

    public bool TimedOut { get; init; }

    public byte[] Body { get; init; } = [];

    /// <summary>True when the other side has refused for good, so that nothing has happened there.</summary>
    public bool IsRefusal => Status is >= 400 and < 500 and not (408 or 425 or 429);

    /// <summary><c>error.code</c> of the answer, or null when it has none.</summary>
    public string? ErrorCode => Member("code") is { ValueKind: JsonValueKind.String } code ? code.GetString() : null;

    /// <summary><c>error.details</c> of the answer, or null when it has none.</summary>
    public JsonElement? ErrorDetails => Member("details");

    /// <summary>What happened, for people: with the <c>detail</c> of a problem (RFC 9457), where that is the answer.</summary>
    public string Reason => Find(answer => answer.TryGetProperty("detail", out var detail) ? detail : null) is { ValueKind: JsonValueKind.String } detail
        ? $"{Message} {detail.GetString()}"
        : Message;

    private JsonElement? Member(string name) =>
        Find(answer => answer.TryGetProperty("error", out var error) && error.TryGetProperty(name, out var value) ? value : null);

    private JsonElement? Find(Func<JsonElement, JsonElement?> find)
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return find(document.RootElement)?.Clone();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not in the services' dialect: an answer from something else on the way.
            return null;
        }
    }
}
