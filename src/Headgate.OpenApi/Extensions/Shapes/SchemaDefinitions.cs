using System.Text.Json.Nodes;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>The <c>$defs</c> of a schema under construction: each named type is written once and referred to.</summary>
internal sealed class SchemaDefinitions
{
    private readonly SortedDictionary<string, JsonObject?> _definitions = new(StringComparer.Ordinal);

    /// <summary>A reference to the definition of that name, which is made on first use. A definition may refer to itself.</summary>
    public JsonObject Refer(string name, Func<JsonObject> define)
    {
        if (_definitions.TryAdd(name, null))
            _definitions[name] = define();
        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    /// <summary>The finished definitions in ordinal order.</summary>
    public JsonObject ToJson() => new(_definitions.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
