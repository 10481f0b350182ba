using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>A schema resource (JSON Schema Core 2020-12 §4.3.5): a root, and what has a name inside it.</summary>
internal sealed class SchemaResource(Uri @base, DocumentNode root, string? metaSchema)
{
    public Uri Base => @base;

    public DocumentNode Root => root;

    /// <summary>Its <c>$schema</c>, or that of the resource in which it lies.</summary>
    public string? MetaSchema => metaSchema;

    public Dictionary<string, ObjectNode> Anchors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ObjectNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>A URI without its fragment, as resources are looked up.</summary>
    public static string KeyOf(Uri uri) => uri.AbsoluteUri.Split('#')[0];
}
