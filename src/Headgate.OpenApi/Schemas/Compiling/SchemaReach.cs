using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>Which schemas may be applied when a schema is: to know beforehand whether checking a value can be slow.</summary>
internal sealed class SchemaReach
{
    private readonly Dictionary<CompiledSchema, List<CompiledSchema>> _uses = [];
    private readonly HashSet<CompiledSchema> _slow = [];

    public void Add(CompiledSchema from, CompiledSchema to)
    {
        if (!_uses.TryGetValue(from, out List<CompiledSchema>? list))
            _uses.Add(from, list = []);
        list.Add(to);
    }

    public void MarkSlow(CompiledSchema schema) => _slow.Add(schema);

    /// <summary>Whether the schema or one that it leads to has a pattern that backtracks.</summary>
    public bool IsSlow(CompiledSchema schema)
    {
        if (_slow.Count == 0)
            return false;
        var seen = new HashSet<CompiledSchema>();
        var pending = new Stack<CompiledSchema>([schema]);
        while (pending.TryPop(out CompiledSchema? next))
        {
            if (!seen.Add(next))
                continue;
            if (_slow.Contains(next))
                return true;
            _uses.GetValueOrDefault(next)?.ForEach(pending.Push);
        }

        return false;
    }
}
