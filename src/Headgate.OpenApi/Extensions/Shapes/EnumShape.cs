using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>One of the names of an enumeration: kebab-case as printed, camelCase as well.</summary>
internal sealed class EnumShape : ValueShape
{
    private readonly FrozenDictionary<string, object> _values;
    private readonly FrozenDictionary<object, string> _names;
    private readonly string[] _printed;

    public EnumShape(Type type)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var names = new Dictionary<object, string>();
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            object value = field.GetValue(null)!;
            string name = field.GetCustomAttribute<SettingNameAttribute>()?.Name ?? JsonNamingPolicy.KebabCaseLower.ConvertName(field.Name);
            names.Add(value, name);
            values.Add(name, value);
            values.TryAdd(JsonNamingPolicy.CamelCase.ConvertName(field.Name), value);
        }

        _values = values.ToFrozenDictionary(StringComparer.Ordinal);
        _names = names.ToFrozenDictionary();
        _printed = [.. names.Values];
    }

    public override string Expected => $"one of {string.Join(", ", _printed)}";

    public override string TypeName => string.Join(", ", _printed.Select(name => $"`{name}`"));

    public override bool Accepts(DocumentNode node) => node is ScalarNode { Kind: ScalarKind.String };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if ((node as ScalarNode)?.AsString() is not { } text)
            return Refuse(node, diagnostics);
        if (_values.TryGetValue(text, out object? value))
            return value;
        string? closest = Suggestion.Closest(text, _printed);
        diagnostics.Add(
            ExtensionDiagnostics.UnknownName,
            node,
            $"{NameOf(node)} must be {Expected}, not '{text}'.",
            closest is null ? null : $"Did you mean '{closest}'?");
        return null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions) =>
        new() { ["enum"] = new JsonArray([.. _printed.Select(name => JsonValue.Create(name))]) };

    public override string? Print(object value) => _names[value];

    public override JsonNode? PrintJson(object value) => JsonValue.Create(_names[value]);
}
