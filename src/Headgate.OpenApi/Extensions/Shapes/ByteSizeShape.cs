using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A <see cref="ByteSize"/>.</summary>
internal sealed class ByteSizeShape(string? range) : ValueShape
{
    private readonly ValueRange<ByteSize>? _range =
        ValueRange<ByteSize>.Parse(range, text => ByteSize.TryParse(text, out ByteSize value) ? value : null);

    public override string Expected => _range is null ? "a size such as 1024 (bytes), \"16KiB\" or \"1MiB\"" : $"a size{_range.Words}";

    public override string TypeName => _range is null ? "size" : $"size, {_range.Text}";

    public override bool Accepts(DocumentNode node) => node is ScalarNode
    {
        Kind: ScalarKind.Number
    } or ScalarNode { Kind: ScalarKind.String, Text: [>= '0' and <= '9', ..] };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Number or ScalarKind.String } scalar)
            return Refuse(node, diagnostics);
        if (!ByteSize.TryParse(scalar.Text, out ByteSize value))
        {
            diagnostics.Add(
                ExtensionDiagnostics.BadSize,
                node,
                $"{NameOf(node)} is not a size: '{scalar.Text}'.",
                "Write a number of bytes, or a number with KiB, MiB, GiB, kB, MB or GB: 1024, \"16KiB\", \"1MiB\".");
            return null;
        }

        if (_range?.Contains(value) != false)
            return value;
        diagnostics.Add(ExtensionDiagnostics.OutOfRange, node, $"{NameOf(node)} must be {Expected}, not {scalar.Text}.");
        return null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions) => definitions.Refer("ByteSize", () => new JsonObject
    {
        ["description"] = "A size: a number of bytes, or a number with a unit of KiB, MiB, GiB, kB, MB or GB.",
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]*\\.?[0-9]+(KiB|MiB|GiB|kB|KB|MB|GB|B)?$" }),
    });

    public override JsonNode? PrintJson(object value) => JsonValue.Create(value.ToString());
}
