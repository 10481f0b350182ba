namespace Headgate.Integration.Events.Log;

/// <summary>An event as its producer tells it, to be appended to the <see cref="EventLog"/>. Immutable; the payload must not be changed afterwards. <see cref="EventBounds"/> says how long what may be.</summary>
public sealed record NewEvent
{
    /// <summary>What happened: <c>order.created</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Who tells it: a URI reference.</summary>
    public required string Source { get; init; }

    /// <summary>The kind of what it speaks of: <c>order</c>.</summary>
    public required string AggregateType { get; init; }

    /// <summary>The id of what it speaks of; events of the same one keep their order everywhere.</summary>
    public required string AggregateId { get; init; }

    /// <summary>The data, as they came.</summary>
    public byte[] Payload { get; init; } = [];

    /// <summary>The id that the producer gave it: with tenant and source it is known again when it comes once more. Null for one that never does: it gets the log's own.</summary>
    public string? ProducerId { get; init; }

    /// <summary>For which tenant; null for none.</summary>
    public string? Tenant { get; init; }

    /// <summary>When it happened, in RFC 3339; null for now.</summary>
    public string? Time { get; init; }

    /// <summary>The id of the request, or whatever else, to which it belongs with others.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The id of the event or command that caused it.</summary>
    public string? CausationId { get; init; }

    /// <summary>The schema that the data follow: a URI.</summary>
    public string? DataSchema { get; init; }

    /// <summary>The media type of the data; null when there are none, or nobody said.</summary>
    public string? DataContentType { get; init; }

    /// <summary>The CloudEvents <c>subject</c>, where the producer named one.</summary>
    public string? Subject { get; init; }

    /// <summary>Further CloudEvents attributes, as a JSON object of strings, numbers and booleans; null for none.</summary>
    public string? Extensions { get; init; }
}
