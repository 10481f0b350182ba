using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Schemas;

/// <summary>
/// The references of an OpenAPI document: each file is one resource, and <c>$id</c> does not change where references lead (loading says so). Not thread-safe.
/// </summary>
/// <param name="resolver">The document's resolver.</param>
public sealed class DocumentReferences(ReferenceResolver resolver) : SchemaReferences
{
    private readonly Dictionary<object, Dictionary<string, ObjectNode>> _dynamicAnchors = [];

    internal override DocumentNode? Resolve(ObjectNode from, string reference) => resolver.Locate(from, reference).Target;

    internal override object ResourceOf(DocumentNode schema)
    {
        DocumentNode root = schema;
        while (root.Parent is { } parent)
            root = parent;
        return root;
    }

    internal override ObjectNode? FindDynamicAnchor(object resource, string name)
    {
        if (!_dynamicAnchors.TryGetValue(resource, out Dictionary<string, ObjectNode>? anchors))
        {
            anchors = Collect((DocumentNode)resource);
            _dynamicAnchors.Add(resource, anchors);
        }

        return anchors.GetValueOrDefault(name);
    }

    private static Dictionary<string, ObjectNode> Collect(DocumentNode root)
    {
        var found = new Dictionary<string, ObjectNode>(StringComparer.Ordinal);
        var pending = new Stack<DocumentNode>([root]);
        while (pending.TryPop(out DocumentNode? node))
        {
            if (node is ArrayNode list)
                list.ItemList.ForEach(pending.Push);
            if (node is not ObjectNode holder)
                continue;
            if (holder["$dynamicAnchor"] is ScalarNode { Kind: ScalarKind.String } anchor)
                found.TryAdd(anchor.Text, holder);
            foreach (ObjectMember member in holder.MemberList)
                pending.Push(member.Value);
        }

        return found;
    }
}
