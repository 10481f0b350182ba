using System.Text.Json;
using System.Text.Json.Serialization;
using Commerce.Shared.Web;

namespace Commerce.Shared.Events;

/// <summary>An event as it is sent to the log and read from it: a CloudEvent 1.0 in JSON, with the attributes that the log adds.</summary>
internal sealed record CloudEvent
{
    [JsonPropertyName("specversion")]
    public string SpecVersion { get; init; } = "1.0";

    /// <summary>The producer's when it is sent, the log's when it is read.</summary>
    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string Type { get; init; }

    public string? Subject { get; init; }

    public string? Time { get; init; }

    [JsonPropertyName("datacontenttype")]
    public string? DataContentType { get; init; }

    [JsonPropertyName("tenantid")]
    public string? TenantId { get; init; }

    [JsonPropertyName("correlationid")]
    public string? CorrelationId { get; init; }

    [JsonPropertyName("causationid")]
    public string? CausationId { get; init; }

    /// <summary>The place in the log, of an event that was read from it.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? Offset { get; init; }

    public JsonElement Data { get; init; }

    /// <summary>The ids that calls which it causes carry on. Whoever published it may have written anything: what may not stand in a header is left out.</summary>
    public CallContext ToCall() => new(null, RequestIdentity.Sane(CorrelationId), null, RequestIdentity.Sane(TenantId));

    /// <summary>The data as an event of the shop; null when they are none.</summary>
    public T? DataAs<T>()
        where T : DomainEvent
    {
        try
        {
            return Data.Deserialize<T>(Json.Options);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Anybody with a key can publish an event of that name: what does not look like one of ours is not one.
            return null;
        }
    }
}
