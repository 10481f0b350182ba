using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>Finds the resources and anchors of a document: by the keywords that hold schemas, so that a constant that looks like a schema is none.</summary>
internal sealed class SchemaResourceIndex(Dictionary<string, SchemaResource> resources, Dictionary<DocumentNode, SchemaResource> owners)
{
    private readonly Stack<(DocumentNode Node, SchemaResource Resource)> _pending = new();

    public void Add(Uri uri, DocumentNode root)
    {
        var document = new SchemaResource(uri, root, TextOf(root, "$schema"));
        resources[SchemaResource.KeyOf(uri)] = document;
        _pending.Push((root, document));
        while (_pending.TryPop(out (DocumentNode Node, SchemaResource Resource) next))
            Visit(next.Node, next.Resource);
    }

    private void Visit(DocumentNode node, SchemaResource resource)
    {
        if (TextOf(node, "$id") is { } id && Uri.TryCreate(resource.Base, id, out Uri? uri))
        {
            resource = new SchemaResource(uri, node, TextOf(node, "$schema") ?? resource.MetaSchema);
            resources[SchemaResource.KeyOf(uri)] = resource;
        }

        owners[node] = resource;
        if (node is not ObjectNode schema)
            return;
        if (TextOf(schema, "$anchor") is { } anchor)
            resource.Anchors.TryAdd(anchor, schema);
        if (TextOf(schema, "$dynamicAnchor") is { } dynamicAnchor)
        {
            resource.Anchors.TryAdd(dynamicAnchor, schema);
            resource.DynamicAnchors.TryAdd(dynamicAnchor, schema);
        }

        foreach (DocumentNode child in SchemaKeywords.Subschemas(schema))
            _pending.Push((child, resource));
    }

    private static string? TextOf(DocumentNode node, string key) => ((node as ObjectNode)?[key] as ScalarNode)?.AsString();
}
