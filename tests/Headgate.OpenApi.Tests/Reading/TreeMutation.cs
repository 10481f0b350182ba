using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

/// <summary>Changes one value of a tree: deletes it, or puts a copy of another one in its place.</summary>
internal static class TreeMutation
{
    public static void Apply(DocumentNode root, int at, int with)
    {
        var nodes = new List<DocumentNode>();
        Collect(root, nodes);
        if (nodes.Count < 2)
            return;
        DocumentNode victim = nodes[1 + (at % (nodes.Count - 1))];
        DocumentNode other = nodes[with % nodes.Count];
        if (victim.Parent is ObjectNode holder)
        {
            ObjectMember member = holder.MemberList.Find(candidate => candidate.Value == victim);
            if (with % 5 == 0)
                holder.RemoveAll(new HashSet<DocumentNode> { victim });
            else
                holder.Set(member with { Value = NodeCloner.Copy(other) });
        }
        else if (victim.Parent is ArrayNode list)
        {
            list.Replace(victim, NodeCloner.Copy(other));
        }
    }

    private static void Collect(DocumentNode node, List<DocumentNode> nodes)
    {
        nodes.Add(node);
        foreach (DocumentNode child in node is ObjectNode holder ? holder.MemberList.ConvertAll(member => member.Value) : (node as ArrayNode)?.ItemList ?? [])
            Collect(child, nodes);
    }
}
