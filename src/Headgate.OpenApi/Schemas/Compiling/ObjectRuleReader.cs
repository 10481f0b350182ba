using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Patterns;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>Reads the keywords of objects.</summary>
internal sealed class ObjectRuleReader(SchemaCompilation compilation, SchemaView view, CompiledSchema schema, IReadOnlySet<string> oneWay)
{
    private static readonly string[] s_keywords =
    [
        "properties", "patternProperties", "additionalProperties", "propertyNames", "minProperties", "maxProperties", "required", "dependentRequired", "dependentSchemas",
    ];

    private readonly OrderedDictionary<string, CompiledSchema?> _members = new(StringComparer.Ordinal);
    public ObjectRule? Read()
    {
        if (!s_keywords.Any(keyword => view[keyword] is not null))
            return null;
        ReadProperties();
        string[] required = [.. view.Texts("required").Where(name => !oneWay.Contains(name))];
        foreach (string name in required.Concat(view.Map("dependentRequired").SelectMany(NamesOf)).Concat(view.Map("dependentSchemas").Select(member => member.Key)))
            _members.TryAdd(name, null);
        return new ObjectRule([.. _members.Select(ReadSlot)], [.. required.Distinct().Select(NumberOf)])
        {
            MinProperties = view.Count("minProperties") ?? 0,
            MaxProperties = view.Count("maxProperties") ?? int.MaxValue,
            PatternProperties = [.. ReadPatterns()],
            AdditionalProperties = Refusals.Read(compilation, view, "additionalProperties", "is not a known member"),
            PropertyNames = view["propertyNames"] is { } names ? compilation.Get(names) : null,
        };
    }

    private void ReadProperties()
    {
        foreach (ObjectMember member in view.Map("properties"))
        {
            bool isOneWay = DirectionMark.Forbids(compilation, member.Value, out CompiledSchema? refusal);
            _members[member.Key] = isOneWay ? refusal : compilation.Get(member.Value);
        }
    }

    private ObjectSlot ReadSlot(KeyValuePair<string, CompiledSchema?> member)
    {
        DocumentNode? dependent = (view["dependentSchemas"] as ObjectNode)?[member.Key];
        CompiledSchema? dependentSchema = dependent is null ? null : compilation.Get(dependent);
        if (dependentSchema is not null)
            compilation.Loops.Add(schema, view.Node, dependentSchema);
        IEnumerable<string> needed = (view["dependentRequired"] as ObjectNode)?[member.Key] is ArrayNode list ? TextsOf(list) : [];
        return new ObjectSlot(member.Key, member.Value, dependentSchema, [.. needed.Select(NumberOf)]);
    }

    private IEnumerable<(SchemaPattern Pattern, CompiledSchema Schema)> ReadPatterns()
    {
        foreach (ObjectMember member in view.Map("patternProperties"))
        {
            if (compilation.GetPattern(member.Key, member.Value) is { } pattern)
                yield return (pattern, compilation.Get(member.Value));
        }
    }

    private int NumberOf(string name) => _members.IndexOf(name);

    private static IEnumerable<string> NamesOf(ObjectMember dependency) =>
        dependency.Value is ArrayNode list ? TextsOf(list).Prepend(dependency.Key) : [dependency.Key];

    private static IEnumerable<string> TextsOf(ArrayNode list) => list.Items.OfType<ScalarNode>().Select(item => item.AsString()).OfType<string>();
}
