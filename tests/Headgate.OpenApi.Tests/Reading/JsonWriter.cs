using System.Text;
using System.Text.Json;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

/// <summary>Writes a tree as JSON.</summary>
internal static class JsonWriter
{
    public static string Write(DocumentNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(DocumentNode node, StringBuilder text)
    {
        switch (node)
        {
            case ObjectNode holder:
                text.Append('{');
                foreach (ObjectMember member in holder.Members)
                {
                    text.Append(text[^1] == '{' ? "" : ",").Append(JsonSerializer.Serialize(member.Key)).Append(':');
                    Write(member.Value, text);
                }

                text.Append('}');
                break;
            case ArrayNode list:
                text.Append('[');
                foreach (DocumentNode item in list.Items)
                {
                    text.Append(text[^1] == '[' ? "" : ",");
                    Write(item, text);
                }

                text.Append(']');
                break;
            default:
                var scalar = (ScalarNode)node;
                text.Append(scalar.Kind == ScalarKind.String ? JsonSerializer.Serialize(scalar.Text) : scalar.Text);
                break;
        }
    }
}
