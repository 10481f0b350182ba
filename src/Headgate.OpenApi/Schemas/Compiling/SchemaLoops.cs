using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>Finds schemas that apply themselves to the value that they are checking (<c>a</c> is all of <c>b</c>, which is all of <c>a</c>): that never ends.</summary>
internal sealed class SchemaLoops
{
    private readonly Dictionary<CompiledSchema, (DocumentNode Node, List<CompiledSchema> Next)> _edges = [];

    public void Add(CompiledSchema from, DocumentNode node, CompiledSchema to)
    {
        if (!_edges.TryGetValue(from, out (DocumentNode Node, List<CompiledSchema> Next) entry))
            _edges.Add(from, entry = (node, []));
        entry.Next.Add(to);
    }

    /// <summary>The nodes of schemas at which a circle closes. Forgets what was added.</summary>
    public List<DocumentNode> Take()
    {
        var found = new List<DocumentNode>();
        var done = new Dictionary<CompiledSchema, bool>();
        var path = new Stack<(CompiledSchema Schema, int Next)>();
        foreach (CompiledSchema start in _edges.Keys)
        {
            if (done.ContainsKey(start))
                continue;
            path.Push((start, 0));
            done[start] = false;
            Walk(path, done, found);
        }

        _edges.Clear();
        return found;
    }

    // False in the table: on the path that is being walked.
    private void Walk(Stack<(CompiledSchema Schema, int Next)> path, Dictionary<CompiledSchema, bool> done, List<DocumentNode> found)
    {
        while (path.TryPop(out (CompiledSchema Schema, int Next) at))
        {
            if (!_edges.TryGetValue(at.Schema, out (DocumentNode Node, List<CompiledSchema> Next) entry) || at.Next == entry.Next.Count)
            {
                done[at.Schema] = true;
                continue;
            }

            path.Push((at.Schema, at.Next + 1));
            CompiledSchema next = entry.Next[at.Next];
            if (!done.TryGetValue(next, out bool isDone))
            {
                done[next] = false;
                path.Push((next, 0));
            }
            else if (!isDone)
            {
                found.Add(entry.Node);
            }
        }
    }
}
