using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Events;

/// <summary>What <c>x-gateway-publish</c> says: the operation appends an event to the log and answers 202.</summary>
public sealed record PublishExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-publish",
        typeof(PublishExtension),
        ExtensionLocations.Operation,
        "The operation appends an event to the log and answers 202.")
    {
        Enforced = false, IsHandler = true,
    };

    /// <summary>The type of the event.</summary>
    [Setting("The type of the event, such as `order.created`.")]
    [Shorthand]
    public required string Type { get; init; }

    /// <summary>The source; null for the document's name.</summary>
    [Setting("The `source` of the event.", Default = "the document's name")]
    public string? Source { get; init; }

    /// <summary>What the event speaks of; events of the same aggregate keep their order.</summary>
    [Setting("The id of what the event speaks of; events of the same one keep their order.", Default = "the event's own id")]
    public ValueExpression? Aggregate { get; init; }

    /// <summary>The data; null for the body of the request.</summary>
    [Setting("The data of the event.", Default = "the body of the request")]
    public ValueExpression? Data { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
