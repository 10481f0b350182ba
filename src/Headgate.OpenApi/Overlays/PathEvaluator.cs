using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Overlays;

/// <summary>Evaluates JSONPaths over one tree, visiting no more values than it may.</summary>
internal sealed class PathEvaluator(DocumentNode root, int mostSteps)
{
    /// <summary>How many values may still be visited; below 0 once there were too many.</summary>
    public int StepsLeft { get; private set; } = mostSteps;

    /// <summary>Whether the limit was met, so that results are incomplete.</summary>
    public bool Exhausted => StepsLeft < 0;

    /// <summary>The values that a query selects, in order; a value may be selected twice.</summary>
    public List<DocumentNode> Select(PathQuery query, DocumentNode current)
    {
        List<DocumentNode> selected = [query.FromRoot ? root : current];
        foreach (PathSegmentStep segment in query.Segments)
        {
            var next = new List<DocumentNode>();
            foreach (DocumentNode node in selected)
            {
                if (segment.Descendants)
                    AddDescendants(node, segment, next);
                else
                    AddChildren(node, segment, next);
            }

            selected = next;
        }

        return selected;
    }

    private bool Spend(int steps)
    {
        // Never wraps: a limit once met stays met.
        if (StepsLeft >= 0)
            StepsLeft -= steps;
        return StepsLeft >= 0;
    }

    private void AddDescendants(DocumentNode node, PathSegmentStep segment, List<DocumentNode> next)
    {
        var pending = new Stack<DocumentNode>([node]);
        while (pending.TryPop(out DocumentNode? at) && Spend(1))
        {
            AddChildren(at, segment, next);
            for (int i = ChildCount(at) - 1; i >= 0; i--)
                pending.Push(ChildAt(at, i));
        }
    }

    private void AddChildren(DocumentNode node, PathSegmentStep segment, List<DocumentNode> next)
    {
        foreach (PathSelector selector in segment.Selectors)
        {
            if (!Spend(1))
                return;
            switch (selector)
            {
                case PathSelector.Name name when node is ObjectNode holder && holder[name.Text] is { } member:
                    next.Add(member);
                    break;
                case PathSelector.Index index when node is ArrayNode array && At(array, index.At) is { } item:
                    next.Add(item);
                    break;
                case PathSelector.Slice slice when node is ArrayNode array:
                    AddSlice(array, slice, next);
                    break;
                case PathSelector.Wildcard:
                    AddAll(node, null, next);
                    break;
                case PathSelector.Filter filter:
                    AddAll(node, filter.Condition, next);
                    break;
            }
        }
    }

    private void AddAll(DocumentNode node, PathCondition? condition, List<DocumentNode> next)
    {
        int count = ChildCount(node);
        for (int i = 0; i < count && Spend(1); i++)
        {
            DocumentNode child = ChildAt(node, i);
            if (condition is null || Holds(condition, child))
                next.Add(child);
        }
    }

    private static DocumentNode? At(ArrayNode array, long index)
    {
        long at = index < 0 ? array.ItemList.Count + index : index;
        return at >= 0 && at < array.ItemList.Count ? array.ItemList[(int)at] : null;
    }

    // RFC 9535 §2.3.4.2.2.
    private void AddSlice(ArrayNode array, PathSelector.Slice slice, List<DocumentNode> next)
    {
        long length = array.ItemList.Count;
        long step = slice.Step;
        if (step == 0)
            return;
        long Normalize(long at) => at < 0 ? length + at : at;
        long start = Normalize(slice.Start ?? (step > 0 ? 0 : length - 1));
        long end = slice.End is { } given ? Normalize(given) : step > 0 ? length : -1;
        long lower = step > 0 ? Math.Clamp(start, 0, length) : Math.Clamp(end, -1, length - 1);
        long upper = step > 0 ? Math.Clamp(end, 0, length) : Math.Clamp(start, -1, length - 1);
        if (step > 0)
        {
            for (long i = lower; i < upper && Spend(1); i += Math.Min(step, length))
                next.Add(array.ItemList[(int)i]);
        }
        else
        {
            for (long i = upper; i > lower && Spend(1); i += Math.Max(step, -length))
                next.Add(array.ItemList[(int)i]);
        }
    }

    private bool Holds(PathCondition condition, DocumentNode node) => condition switch
    {
        PathCondition.Or or => Holds(or.Left, node) || Holds(or.Right, node),
        PathCondition.And and => Holds(and.Left, node) && Holds(and.Right, node),
        PathCondition.Not not => !Holds(not.Inner, node),
        PathCondition.Exists exists => Select(exists.Query, node).Count > 0,
        PathCondition.Comparison comparison => new PathComparison(comparison.Operator).Holds(Value(comparison.Left, node), Value(comparison.Right, node)),
        _ => false,
    };

    private DocumentNode? Value(PathOperand operand, DocumentNode node) => operand.Literal is { } literal
        ? new ScalarNode(node.File, 0, 0, literal.Kind, literal.Text)
        : Select(operand.Query!, node).FirstOrDefault();

    private static int ChildCount(DocumentNode node) => node switch
    {
        ObjectNode holder => holder.MemberList.Count,
        ArrayNode list => list.ItemList.Count,
        _ => 0,
    };

    private static DocumentNode ChildAt(DocumentNode node, int at) =>
        node is ObjectNode holder ? holder.MemberList[at].Value : ((ArrayNode)node).ItemList[at];
}
