using System.Text.Json.Nodes;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>Writes a record as a document would say it: every setting, and those under free keys beside them.</summary>
internal static class RecordJson
{
    public static JsonObject Write(RecordShape shape, object record)
    {
        var json = new JsonObject();
        foreach (MemberShape member in shape.Members)
        {
            JsonNode? inner = member.Property.GetValue(record) is { } given ? member.Shape.ToJson(given) : null;
            if (!member.IsOther)
            {
                json[member.Key] = inner;
                continue;
            }

            foreach ((string key, JsonNode? other) in inner?.AsObject() ?? [])
                json[key] = other?.DeepClone();
        }

        return json;
    }
}
