using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A number with a unit: a duration or a size.</summary>
/// <param name="notation">How values of the type are written.</param>
/// <param name="range">The allowed values, or null for all.</param>
internal sealed class QuantityShape<T>(QuantityNotation<T> notation, string? range) : ValueShape
    where T : struct, IComparable<T>
{
    private readonly ValueRange<T>? _range = ValueRange<T>.Parse(range, notation.Parse);

    public override string Expected => _range is null ? $"a {notation.Noun} such as {notation.Examples}" : $"a {notation.Noun}{_range.Words}";

    public override string TypeName => _range is null ? notation.Noun : $"{notation.Noun}, {_range.Text}";

    // A string that begins with a digit is meant as a quantity; any other may be a name.
    public override bool Accepts(DocumentNode node) => node is ScalarNode
    {
        Kind: ScalarKind.Number
    } or ScalarNode { Kind: ScalarKind.String, Text: [>= '0' and <= '9', ..] };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Number or ScalarKind.String } scalar)
            return Refuse(node, diagnostics);
        if (notation.Parse(scalar.Text) is not { } value)
        {
            diagnostics.Add(notation.Malformed, node, $"{NameOf(node)} is not a {notation.Noun}: '{scalar.Text}'.", notation.Fix);
            return null;
        }

        if (_range?.Contains(value) != false)
            return value;
        diagnostics.Add(ExtensionDiagnostics.OutOfRange, node, $"{NameOf(node)} must be {Expected}, not {scalar.Text}.");
        return null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions) => definitions.Refer(typeof(T).Name, () => new JsonObject
    {
        ["description"] = notation.Description,
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = notation.NumberType, ["minimum"] = 0 },
            new JsonObject { ["type"] = "string", ["pattern"] = $"^[0-9]*\\.?[0-9]+({notation.Units})?$" }),
    });

    public override JsonNode? PrintJson(object value) => JsonValue.Create(value.ToString());
}
