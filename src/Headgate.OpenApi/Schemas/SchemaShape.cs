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
    private readonly CompiledSchema _schema;
    private readonly CompiledSchema[] _members;
    private readonly JsonTypes[] _memberTypes;
    private readonly JsonTypes[] _memberItemTypes;
    private readonly JsonTypes _otherTypes;

    internal SchemaShape(CompiledSchema schema)
    {
        _schema = schema;
        Types = SchemaTypes.Of(schema);
        ItemTypes = ItemTypesOf(schema);
        ObjectRule[] objects = [.. Rules<ObjectRule>(schema, rule => rule.Objects, MostSteps)];
        KeyValuePair<string, CompiledSchema>[] members = [.. objects.SelectMany(rule => rule.Properties).DistinctBy(member => member.Key)];
        Members = [.. members.Select(member => member.Key)];
        CompiledSchema[] others = [.. objects.SelectMany(rule => rule.Others).Distinct()];
        HasOthers = others.Length > 0;
        _otherTypes = others.Length == 0 ? JsonTypes.Any : others.Aggregate(JsonTypes.None, (types, other) => types | SchemaTypes.Of(other));
        _names = new NameTable([.. Members.Select(name => Encoding.UTF8.GetBytes(name))]);
        _members = [.. members.Select(member => member.Value)];
        _memberTypes = [.. members.Select(member => SchemaTypes.Of(member.Value))];
        _memberItemTypes = [.. members.Select(member => ItemTypesOf(member.Value))];
    }

    /// <summary>The types that are allowed.</summary>
    public JsonTypes Types { get; }

    /// <summary>The types that the items of an array may have.</summary>
    public JsonTypes ItemTypes { get; }

    /// <summary>The names under <c>properties</c>.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>Whether there is a schema for members beyond those: of <c>additionalProperties</c> or <c>patternProperties</c>.</summary>
    public bool HasOthers { get; }

    /// <summary>Whether the value is bytes and no text where the notation allows that: <c>format: binary</c>, or a media type without an encoding.</summary>
    public bool IsBinary => SeenThrough(_schema, MostSteps).Any(schema => schema.IsBinary);

    /// <summary>Whether every text is valid.</summary>
    public bool AllowsEveryText => _schema.IsTypeAlone && (_schema.Types & JsonTypes.String) != 0;

    /// <summary>What is wanted of a member. Computed on each call: for compiling, not for requests.</summary>
    public SchemaShape DescribeMember(int member) => new(_members[member]);

    /// <summary>What is wanted of the items of an array; null where the schema does not say. Computed on each call: for compiling, not for requests.</summary>
    public SchemaShape? DescribeItems() => Rules<ArrayRule>(_schema, rule => rule.Arrays, MostSteps).Select(rule => rule.Items).FirstOrDefault(items => items is not null) is { } items ? new SchemaShape(items) : null;

    /// <summary>The number of a member among <see cref="Members"/>; -1 when it is none.</summary>
    public int Find(ReadOnlySpan<byte> member) => _names.Find(member, NameHash.Of(member));

    /// <summary>The types that a member may have; for -1 those of further members.</summary>
    public JsonTypes MemberTypes(int member) => member < 0 ? _otherTypes : _memberTypes[member];

    /// <summary>The types that the items of a member may have where it is an array; any type for -1.</summary>
    public JsonTypes MemberItemTypes(int member) => member < 0 ? JsonTypes.Any : _memberItemTypes[member];

    private static JsonTypes ItemTypesOf(CompiledSchema schema) => Rules<ArrayRule>(schema, rule => rule.Arrays, MostSteps)
        .Select(rule => rule.Items)
        .OfType<CompiledSchema>()
        .Aggregate(JsonTypes.None, (types, items) => types | SchemaTypes.Of(items)) is var found && found == JsonTypes.None ? JsonTypes.Any : found;

    private static IEnumerable<TRule> Rules<TRule>(CompiledSchema schema, Func<CompiledSchema, SchemaRule?> choose, int steps)
        where TRule : SchemaRule => SeenThrough(schema, steps).Select(choose).OfType<TRule>();

    // The schema, and those that apply to the same value.
    private static IEnumerable<CompiledSchema> SeenThrough(CompiledSchema schema, int steps)
    {
        if (steps == 0)
            yield break;
        yield return schema;
        foreach (CompiledSchema same in schema.Common.SelectMany(SameValue))
        {
            foreach (CompiledSchema further in SeenThrough(same, steps - 1))
                yield return further;
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
