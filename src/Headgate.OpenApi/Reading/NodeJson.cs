using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headgate.OpenApi.Reading;

/// <summary>Writes values of a document as JSON.</summary>
public static class NodeJson
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000, SkipValidation = true };

    /// <summary>The value as JSON text on one line, UTF-8. References stay references.</summary>
    public static byte[] Write(DocumentNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, s_plain);
        Write(writer, node);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // As deep as documents may be nested, which loading limits.
    internal static void Write(Utf8JsonWriter writer, DocumentNode node)
    {
        switch (node)
        {
            case ObjectNode holder:
                writer.WriteStartObject();
                foreach (ObjectMember member in holder.Members)
                {
                    writer.WritePropertyName(member.Key);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case ArrayNode list:
                writer.WriteStartArray();
                foreach (DocumentNode item in list.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case ScalarNode { Kind: ScalarKind.String } text:
                writer.WriteStringValue(text.Text);
                break;
            case ScalarNode scalar:
                writer.WriteRawValue(scalar.Text, skipInputValidation: true);
                break;
            default:
                break;
        }
    }
}
