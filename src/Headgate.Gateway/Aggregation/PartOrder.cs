namespace Headgate.Gateway.Aggregation;

/// <summary>Puts parts into an order in which each stands behind those that it waits for. Stateless.</summary>
internal static class PartOrder
{
    /// <summary>The positions in such an order; null when parts wait for each other, or for one that there is not.</summary>
    public static int[]? Of(IReadOnlyList<AggregatePart> parts)
    {
        var placed = new HashSet<string>(StringComparer.Ordinal);
        var order = new List<int>();
        int before;
        do
        {
            before = order.Count;
            for (int i = 0; i < parts.Count; i++)
            {
                if (!order.Contains(i) && parts[i].DependsOn.All(placed.Contains) && placed.Add(parts[i].Field))
                    order.Add(i);
            }
        }
        while (order.Count > before);
        return order.Count == parts.Count ? [.. order] : null;
    }
}
