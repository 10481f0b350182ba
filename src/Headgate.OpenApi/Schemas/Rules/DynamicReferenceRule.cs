using System.Collections.Frozen;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>
/// A <c>$dynamicRef</c> whose anchor is dynamic (JSON Schema Core 2020-12 §8.2.3.2): it leads to the anchor of that name in the outermost resource that has one.
/// </summary>
/// <param name="anchor">The anchor's name.</param>
/// <param name="initial">Where the reference leads when no resource on the way has the anchor.</param>
internal sealed class DynamicReferenceRule(string anchor, CompiledSchema initial) : SchemaRule
{
    public string Anchor => anchor;

    /// <summary>Resource to its schema of the anchor's name. Set when all resources are known.</summary>
    public FrozenDictionary<object, CompiledSchema> Candidates { get; set; } = FrozenDictionary<object, CompiledSchema>.Empty;

    public override bool Evaluate(ref Evaluation e, int index, int marks) => Find(e).Evaluate(ref e, index, marks);

    private CompiledSchema Find(in Evaluation e)
    {
        foreach (object resource in e.Scope.Resources)
        {
            if (Candidates.TryGetValue(resource, out CompiledSchema? schema))
                return schema;
        }

        return initial;
    }
}
