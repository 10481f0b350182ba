using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>
/// The members that do not go the way of the values (<see cref="DirectionMark"/>), of a schema and all that apply to the same value: one may require what another
/// declares (OAS 3.0.4 §4.7.24.1: <c>required</c> then takes effect in the other direction only).
/// </summary>
internal sealed class OneWayMembers(SchemaCompilation compilation)
{
    private static readonly string[] s_same = ["allOf", "anyOf", "oneOf"];

    private readonly Dictionary<DocumentNode, IReadOnlySet<string>> _inherited = [];

    /// <summary>Their names. What stands inside the schema, and nowhere else, learns them too: call it before those are filled.</summary>
    public IReadOnlySet<string> Of(ObjectNode schema)
    {
        var names = new HashSet<string>(_inherited.GetValueOrDefault(schema) ?? new HashSet<string>(), StringComparer.Ordinal);
        if (compilation.Options.Direction == MessageDirection.None)
            return names;
        Collect(schema, names, []);
        if (names.Count > 0)
        {
            foreach (DocumentNode part in Same(schema).Where(part => ReferenceResolver.TextOf(part) is null))
                _inherited[part] = names;
        }

        return names;
    }

    private void Collect(DocumentNode? node, HashSet<string> names, HashSet<DocumentNode> seen)
    {
        if (node is not ObjectNode schema || !seen.Add(schema))
            return;
        foreach (ObjectMember member in (schema["properties"] as ObjectNode)?.Members ?? [])
        {
            if (DirectionMark.Forbids(compilation, member.Value, out _))
                names.Add(member.Key);
        }

        foreach (DocumentNode part in Same(schema))
            Collect(part, names, seen);
        if (ReferenceResolver.TextOf(schema) is not null)
            Collect(compilation.Resolve(schema, "$ref"), names, seen);
    }

    private static IEnumerable<DocumentNode> Same(ObjectNode schema) => s_same.SelectMany(keyword => (schema[keyword] as ArrayNode)?.Items ?? []);
}
