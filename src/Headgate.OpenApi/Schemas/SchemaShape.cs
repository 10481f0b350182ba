using System.Text;
using Headgate.OpenApi.Schemas.Instances;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas;

/// <summary>
/// What a schema wants of values that come as text and are not typed by their notation: parameters, forms. Seen through <c>$ref</c>, <c>allOf</c>, <c>anyOf</c> and
/// <c>oneOf</c>. Immutable and thread-safe.
/// </summary>
public sealed class SchemaShape
{
    private const int MostSteps = 16;

    private readonly NameTable _names;
    private readonly JsonTypes[] _memberTypes;
    private readonly JsonTypes[] _memberItemTypes;

    internal SchemaShape(CompiledSchema schema)
    {
        Types = SchemaTypes.Of(schema);
        ItemTypes = ItemTypesOf(schema);
        KeyValuePair<string, CompiledSchema>[] members = [.. Rules<ObjectRule>(schema, rule => rule.Objects, MostSteps).SelectMany(rule => rule.Properties).DistinctBy(member => member.Key)];
        Members = [.. members.Select(member => member.Key)];
        _names = new NameTable([.. Members.Select(name => Encoding.UTF8.GetBytes(name))]);
        _memberTypes = [.. members.Select(member => SchemaTypes.Of(member.Value))];
        _memberItemTypes = [.. members.Select(member => ItemTypesOf(member.Value))];
    }

    /// <summary>The types that are allowed.</summary>
    public JsonTypes Types { get; }

    /// <summary>The types that the items of an array may have.</summary>
    public JsonTypes ItemTypes { get; }

    /// <summary>The names under <c>properties</c>.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>The number of a member among <see cref="Members"/>; -1 when it is none.</summary>
    public int Find(ReadOnlySpan<byte> member) => _names.Find(member, NameHash.Of(member));

    /// <summary>The types that a member may have; any type for -1.</summary>
    public JsonTypes MemberTypes(int member) => member < 0 ? JsonTypes.Any : _memberTypes[member];

    /// <summary>The types that the items of a member may have where it is an array; any type for -1.</summary>
    public JsonTypes MemberItemTypes(int member) => member < 0 ? JsonTypes.Any : _memberItemTypes[member];

    private static JsonTypes ItemTypesOf(CompiledSchema schema) => Rules<ArrayRule>(schema, rule => rule.Arrays, MostSteps)
        .Select(rule => rule.Items)
        .OfType<CompiledSchema>()
        .Aggregate(JsonTypes.None, (types, items) => types | SchemaTypes.Of(items)) is var found && found == JsonTypes.None ? JsonTypes.Any : found;

    private static IEnumerable<TRule> Rules<TRule>(CompiledSchema schema, Func<CompiledSchema, SchemaRule?> choose, int steps)
        where TRule : SchemaRule
    {
        if (steps == 0)
            yield break;
        if (choose(schema) is TRule own)
            yield return own;
        foreach (CompiledSchema same in schema.Common.SelectMany(SameValue))
        {
            foreach (TRule rule in Rules<TRule>(same, choose, steps - 1))
                yield return rule;
        }
    }

    private static CompiledSchema[] SameValue(SchemaRule rule) => rule switch
    {
        SameValueRule same => [same.Schema],
        AlternativesRule any => any.Schemas,
        DiscriminatorRule chosen => chosen.Schemas,
        _ => [],
    };
}
