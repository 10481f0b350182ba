namespace Headgate.OpenApi.Reading;

/// <summary>Copies values to another place of a tree. Copies keep the file and position at which the original is written.</summary>
internal static class NodeCloner
{
    /// <summary>Values in a tree, itself included, counted until there are more than <paramref name="most"/>.</summary>
    public static int Count(DocumentNode node, int most)
    {
        int count = 1;
        switch (node)
        {
            case ObjectNode source:
                foreach (ObjectMember member in source.MemberList)
                {
                    if (count > most)
                        break;
                    count += Count(member.Value, most - count);
                }

                break;
            case ArrayNode source:
                foreach (DocumentNode item in source.ItemList)
                {
                    if (count > most)
                        break;
                    count += Count(item, most - count);
                }

                break;
        }

        return count;
    }

    /// <summary>Objects and arrays inside each other; 0 for a scalar.</summary>
    public static int Depth(DocumentNode node) => node switch
    {
        ObjectNode source => 1 + source.MemberList.Select(member => Depth(member.Value)).DefaultIfEmpty().Max(),
        ArrayNode source => 1 + source.ItemList.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    /// <summary>How many objects and arrays hold a value.</summary>
    public static int Level(DocumentNode node)
    {
        int level = 0;
        for (DocumentNode? holder = node.Parent; holder is not null; holder = holder.Parent)
            level++;
        return level;
    }

    public static DocumentNode Copy(DocumentNode node)
    {
        switch (node)
        {
            case ObjectNode source:
                var copy = new ObjectNode(source.File, source.Line, source.Column);
                foreach (ObjectMember member in source.MemberList)
                    copy.TryAdd(member with { Value = Copy(member.Value) });
                return copy;
            case ArrayNode source:
                var items = new ArrayNode(source.File, source.Line, source.Column);
                foreach (DocumentNode item in source.ItemList)
                    items.Add(Copy(item));
                return items;
            default:
                var scalar = (ScalarNode)node;
                return new ScalarNode(scalar.File, scalar.Line, scalar.Column, scalar.Kind, scalar.Text);
        }
    }
}
