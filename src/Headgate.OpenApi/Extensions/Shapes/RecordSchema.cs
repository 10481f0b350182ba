using System.Text.Json.Nodes;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>Writes the JSON Schema of a record: its object form, and its shorthands beside it.</summary>
internal static class RecordSchema
{
    public static JsonObject Write(RecordShape shape, SchemaDefinitions definitions)
    {
        JsonObject form = WriteObject(shape, definitions);
        if (shape.Shorthands.Count == 0)
            return form;
        return new JsonObject
        {
            ["anyOf"] = new JsonArray([form, .. shape.Shorthands.Select(one => one.Shape.ToSchema(definitions))]),
        };
    }

    private static JsonObject WriteObject(RecordShape shape, SchemaDefinitions definitions)
    {
        object defaults = shape.CreateDefault();
        var properties = new JsonObject();
        var required = new JsonArray();
        JsonNode rest = false;
        foreach (MemberShape member in shape.Members)
        {
            if (member.IsOther)
            {
                rest = ((IMapShape)member.Shape).Value.ToSchema(definitions);
                continue;
            }

            foreach (string key in member.Setting.Aliases.Prepend(member.Key))
                properties[key] = WriteMember(member, key, defaults, definitions);
            if (member.Required && member.Setting.Aliases.Length == 0)
                required.Add(member.Key);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = rest };
        if (required.Count > 0)
            schema["required"] = required;
        return schema;
    }

    private static JsonObject WriteMember(MemberShape member, string key, object defaults, SchemaDefinitions definitions)
    {
        JsonObject schema = member.Shape.ToSchema(definitions);
        if (member.Nullable)
            schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        string summary = key == member.Key ? member.Setting.Summary : $"The same as {member.Key}. {member.Setting.Summary}";
        schema["description"] = member.Enforced ? summary : $"{summary} Not enforced yet.";
        if (!member.Required && member.Property.GetValue(defaults) is { } value && member.Shape.PrintJson(value) is { } printed)
            schema["default"] = printed;
        return schema;
    }
}
