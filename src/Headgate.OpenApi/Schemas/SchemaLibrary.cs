using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Compiling;

namespace Headgate.OpenApi.Schemas;

/// <summary>
/// JSON Schema documents that stand alone, by URI: <c>$id</c>, <c>$anchor</c>, <c>$dynamicAnchor</c> and <c>$vocabulary</c> as JSON Schema Core 2020-12 has them.
/// The 2020-12 meta-schemas are there from the start; nothing is fetched. Filled first, then read; filling is not thread-safe.
/// </summary>
public sealed class SchemaLibrary : SchemaReferences
{
    private const string Draft = "https://json-schema.org/draft/2020-12/";
    private const string UnnamedBase = "schema://headgate.invalid/";

    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<DocumentNode, SchemaResource> _owners = [];

    /// <summary>A library with the meta-schemas of draft 2020-12.</summary>
    public SchemaLibrary()
    {
        foreach ((string uri, byte[] json) in MetaSchemas.MetaSchemaFiles.ReadAll())
            Add(uri, json, new DiagnosticBag());
    }

    /// <summary>Adds a document. What is wrong with its JSON becomes a diagnostic.</summary>
    /// <param name="uri">Where it would be found: an absolute URI.</param>
    /// <param name="json">The document.</param>
    /// <param name="diagnostics">What was found.</param>
    /// <returns>Its root, or null after a finding.</returns>
    public DocumentNode? Add(string uri, byte[] json, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var context = new LoadContext(LoadOptions.Default);
        DocumentNode? root = new JsonDocumentReader(new SourceFile(uri, uri), json, context).Read();
        foreach (Diagnostic finding in context.Diagnostics.Items)
            diagnostics.Add(finding);
        if (root is not null)
            new SchemaResourceIndex(_resources, _owners).Add(new Uri(new Uri(UnnamedBase), uri), root);
        return root;
    }

    internal override DocumentNode? Resolve(ObjectNode from, string reference)
    {
        int hash = reference.IndexOf('#', StringComparison.Ordinal);
        string path = hash < 0 ? reference : reference[..hash];
        string fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        SchemaResource? resource = OwnerOf(from);
        if (path.Length > 0)
            resource = resource is not null && Uri.TryCreate(resource.Base, path, out Uri? target) ? _resources.GetValueOrDefault(SchemaResource.KeyOf(target)) : null;
        if (resource is null || fragment.Length == 0)
            return resource?.Root;
        return fragment[0] == '/' ? PointerWalk.Follow(resource.Root, fragment, reference).Target : resource.Anchors.GetValueOrDefault(fragment);
    }

    internal override object ResourceOf(DocumentNode schema) => OwnerOf(schema) ?? (object)this;

    internal override ObjectNode? FindDynamicAnchor(object resource, string name) => (resource as SchemaResource)?.DynamicAnchors.GetValueOrDefault(name);

    internal override SchemaVocabulary VocabularyOf(DocumentNode schema)
    {
        if (OwnerOf(schema)?.MetaSchema is not { } uri || uri.StartsWith(Draft, StringComparison.Ordinal))
            return SchemaVocabulary.Usual;
        if (!_resources.TryGetValue(SchemaResource.KeyOf(new Uri(uri)), out SchemaResource? meta) || (meta.Root as ObjectNode)?["$vocabulary"] is not ObjectNode vocabularies)
            return SchemaVocabulary.Usual;
        return new SchemaVocabulary(vocabularies.Contains(Draft + "vocab/validation"), vocabularies.Contains(Draft + "vocab/format-assertion"));
    }

    // What an unknown keyword holds was not visited: it belongs to what holds it.
    private SchemaResource? OwnerOf(DocumentNode schema)
    {
        for (DocumentNode? node = schema; node is not null; node = node.Parent)
        {
            if (_owners.TryGetValue(node, out SchemaResource? resource))
                return resource;
        }

        return null;
    }
}
