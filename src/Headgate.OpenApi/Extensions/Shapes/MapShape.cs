using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>An object with free keys, bound to <see cref="IReadOnlyDictionary{TKey, TValue}"/> by string.</summary>
internal sealed class MapShape<T>(ValueShape value, SettingFormat keyFormat, ValueRange<long>? count) : ValueShape, IMapShape
{
    public override string Expected => $"an object of which each value is {value.Expected}";

    public override string TypeName => $"map of {value.TypeName}";

    public override IEnumerable<RecordShape> Records => value.Records;

    public ValueShape Value => value;

    public override bool Accepts(DocumentNode node) => node is ObjectNode;

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (node is not ObjectNode map)
            return Refuse(node, diagnostics);
        if (count?.Contains(map.Members.Count) != false)
            return BindMembers(map.Members, diagnostics);
        diagnostics.Add(ExtensionDiagnostics.OutOfRange, node, $"{NameOf(node)} has {map.Members.Count} entries; it must have a number of entries{count.Words}.");
        return null;
    }

    public object? BindMembers(IReadOnlyList<ObjectMember> members, DiagnosticBag diagnostics)
    {
        var map = new Dictionary<string, T>(members.Count, StringComparer.Ordinal);
        bool whole = true;
        foreach (ObjectMember member in members)
        {
            if (!FormatRules.Fits(keyFormat, member.Key))
            {
                diagnostics.Add(ExtensionDiagnostics.BadFormat, member, $"The key '{member.Key}' must be {FormatRules.Expected(keyFormat)}.");
                whole = false;
            }

            if (value.Bind(member.Value, diagnostics) is T bound)
                map[member.Key] = bound;
            else
                whole = false;
        }

        return whole ? map : null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = value.ToSchema(definitions) };
        if (FormatRules.Pattern(keyFormat) is { } pattern)
            schema["propertyNames"] = new JsonObject { ["pattern"] = pattern };
        count?.WriteTo(schema, "minProperties", "maxProperties");
        return schema;
    }

    public override string? Print(object value) => null;

    public override JsonNode? ToJson(object value) =>
        new JsonObject(((IReadOnlyDictionary<string, T>)value).Select(pair => KeyValuePair.Create(pair.Key, Value.ToJson(pair.Value!))));

    public override void FindNotEnforced(DocumentNode node, string path, Action<string, DocumentNode> found)
    {
        foreach (ObjectMember member in (node as ObjectNode)?.Members ?? [])
            value.FindNotEnforced(member.Value, path + ".*", found);
    }
}
