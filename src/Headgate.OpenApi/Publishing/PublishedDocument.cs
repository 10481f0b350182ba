using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headgate.OpenApi.Model;

namespace Headgate.OpenApi.Publishing;

/// <summary>
/// Writes a document as its clients may see it: one JSON text that stands alone. What it leaves out: <c>x-gateway-*</c>; paths, operations, webhooks and tags with
/// <c>x-internal: true</c>, and the components that they alone use; hosts of <c>servers</c>, of which the base paths remain. References to other files lead to components.
/// Stateless, thread-safe.
/// </summary>
public static class PublishedDocument
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000, SkipValidation = true };

    /// <summary>The document as JSON text, UTF-8.</summary>
    /// <param name="document">A document that was loaded without errors.</param>
    public static ReadOnlyMemory<byte> Write(ApiDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var references = new PublishedReferences(document);
        var tree = new PublishedTree(document, references, new PublishedParts(document));

        // Which values of other files become components is known when everything was walked once, and what those refer to, once more.
        for (int known = -1; known < references.Count;)
        {
            known = references.Count;
            using var nowhere = new Utf8JsonWriter(Stream.Null, s_plain);
            tree.Write(nowhere);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_plain))
            tree.Write(json);
        return buffer.WrittenMemory;
    }
}
