using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions;

/// <summary>An extension as it stands in a document: its definition, the typed record, and the node it came from.</summary>
public sealed record BoundExtension(ExtensionDefinition Definition, object Value, DocumentNode Node);
