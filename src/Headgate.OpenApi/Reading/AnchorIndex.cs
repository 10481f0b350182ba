namespace Headgate.OpenApi.Reading;

/// <summary>The <c>$anchor</c>s of a file's schemas, found by one walk over it.</summary>
internal static class AnchorIndex
{
    public static IReadOnlyDictionary<string, DocumentNode> Of(DocumentNode root)
    {
        var found = new Dictionary<string, DocumentNode>(StringComparer.Ordinal);
        var pending = new Stack<DocumentNode>([root]);
        while (pending.TryPop(out DocumentNode? node))
        {
            if (node is ArrayNode list)
            {
                foreach (DocumentNode item in list.ItemList)
                    pending.Push(item);
            }
            else if (node is ObjectNode holder)
            {
                // JSON Schema Core 2020-12 §8.2.2: $dynamicAnchor names a plain fragment too.
                foreach (string keyword in (ReadOnlySpan<string>)["$anchor", "$dynamicAnchor"])
                {
                    if (holder[keyword] is ScalarNode { Kind: ScalarKind.String } anchor)
                        found.TryAdd(anchor.Text, holder);
                }

                foreach (ObjectMember member in holder.MemberList)
                    pending.Push(member.Value);
            }
        }

        return found;
    }
}
