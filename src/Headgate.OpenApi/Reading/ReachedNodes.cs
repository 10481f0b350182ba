namespace Headgate.OpenApi.Reading;

/// <summary>What the operations and webhooks of a document use, through references too.</summary>
internal static class ReachedNodes
{
    public static HashSet<DocumentNode> Of(ObjectNode root, ReferenceResolver resolver)
    {
        var reached = new HashSet<DocumentNode>();
        var pending = new Stack<DocumentNode>();
        foreach (ObjectMember member in root.MemberList)
        {
            if (member.Key != "components")
                pending.Push(member.Value);
        }

        while (pending.TryPop(out DocumentNode? node))
        {
            if (!reached.Add(node))
                continue;
            if (node is ArrayNode list)
                list.ItemList.ForEach(pending.Push);
            if (node is not ObjectNode holder)
                continue;
            foreach (ObjectMember member in holder.MemberList)
                pending.Push(member.Value);
            if (resolver.Resolve(node) is { } target)
                pending.Push(target);
        }

        return reached;
    }
}
