using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Schemas;

/// <summary>How the references of schemas are followed, and to which resource (JSON Schema Core 2020-12 §4.3.5) a schema belongs.</summary>
public abstract class SchemaReferences
{
    /// <summary>The value to which a reference in a schema leads; null when it leads nowhere.</summary>
    internal abstract DocumentNode? Resolve(ObjectNode from, string reference);

    /// <summary>The resource of a schema: its identity in the dynamic scope.</summary>
    internal abstract object ResourceOf(DocumentNode schema);

    /// <summary>The schema with a <c>$dynamicAnchor</c> of that name in a resource; null when it has none.</summary>
    internal abstract ObjectNode? FindDynamicAnchor(object resource, string name);

    /// <summary>What the schema's meta-schema puts in force.</summary>
    internal virtual SchemaVocabulary VocabularyOf(DocumentNode schema) => SchemaVocabulary.Usual;
}
