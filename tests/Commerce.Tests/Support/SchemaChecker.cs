using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>
/// Checks an answer against the schema keywords that the commerce documents use. Stricter than JSON Schema in one point:
/// a property that the document does not name is an error, because clients could come to rely on it.
/// </summary>
internal sealed class SchemaChecker(ApiDocument document)
{
    private static readonly HashSet<string> Understood =
    [
        "$ref", "type", "properties", "required", "items", "enum", "const", "format", "additionalProperties",
        "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "pattern", "default", "description",
    ];

    public List<string> Check(JsonNode? value, JsonNode schema)
    {
        var errors = new List<string>();
        Check(value, schema, "", errors);
        return errors;
    }

    private void Check(JsonNode? value, JsonNode schema, string at, List<string> errors)
    {
        var rules = document.Resolve(schema).AsObject();
        foreach (var keyword in rules.Select(rule => rule.Key).Where(keyword => !Understood.Contains(keyword)))
            errors.Add($"{at}: the checker does not know the keyword {keyword}");
        if (rules["type"] is { } type && !IsType(value, type.GetValue<string>()))
        {
            errors.Add($"{at}: is not of type {type}");
            return;
        }

        if (rules["enum"] is JsonArray allowed && !allowed.Any(entry => JsonNode.DeepEquals(entry, value)))
            errors.Add($"{at}: {value} is none of {allowed.ToJsonString()}");
        if (rules["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
            errors.Add($"{at}: {value} is not {constant}");
        if (rules["format"]?.GetValue<string>() == "date-time" && !DateTimeOffset.TryParse(value!.GetValue<string>(), out _))
            errors.Add($"{at}: {value} is not a date-time");
        if (rules["minimum"] is { } minimum && Number(value!) < Number(minimum))
            errors.Add($"{at}: {value} is below {minimum}");
        if (value is JsonObject members)
            CheckObject(members, rules, at, errors);
        if (value is JsonArray entries && rules["items"] is { } items)
        {
            for (var i = 0; i < entries.Count; i++)
                Check(entries[i], items, $"{at}/{i}", errors);
        }
    }

    private void CheckObject(JsonObject members, JsonObject rules, string at, List<string> errors)
    {
        foreach (var name in rules["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey(name!.GetValue<string>()))
                errors.Add($"{at}: is missing {name}");
        }

        var properties = rules["properties"]?.AsObject() ?? [];
        foreach (var (name, member) in members)
        {
            if (properties[name] is { } schema)
                Check(member, schema, $"{at}/{name}", errors);
            else if (rules["additionalProperties"] is null)
                errors.Add($"{at}/{name}: is not documented");
        }
    }

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static bool IsType(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Number => type == "number" || (type == "integer" && double.IsInteger(Number(value!))),
        _ => type == "null",
    };
}
