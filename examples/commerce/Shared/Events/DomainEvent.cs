using System.Text.Json.Serialization;

namespace Commerce.Shared.Events;

/// <summary>Something that happened to one thing of the shop. What it is about stands in the members of its kind.</summary>
/// <param name="EventType">Its name in the catalogue of events, such as <c>order.created</c>.</param>
/// <param name="AggregateId">The id of the thing: events of one thing keep their order.</param>
internal abstract record DomainEvent(
    [property: JsonPropertyOrder(-1)] string EventType,
    [property: JsonPropertyOrder(-1)] string AggregateId)
{
    /// <summary>Given by the outbox, as <see cref="Timestamp"/> is.</summary>
    [JsonPropertyOrder(-2)]
    public string EventId { get; init; } = "";

    [JsonPropertyOrder(-1)]
    public string Timestamp { get; init; } = "";

    /// <summary>The version of the kind's shape.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;
}
