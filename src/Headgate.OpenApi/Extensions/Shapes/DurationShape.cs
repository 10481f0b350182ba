using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A <see cref="Duration"/>.</summary>
internal sealed class DurationShape(string? range) : ValueShape
{
    private readonly ValueRange<Duration>? _range =
        ValueRange<Duration>.Parse(range, text => Duration.TryParse(text, out Duration value) ? value : null);

    public override string Expected => _range is null ? "a duration such as 30 (seconds), \"30s\" or \"500ms\"" : $"a duration{_range.Words}";

    public override string TypeName => _range is null ? "duration" : $"duration, {_range.Text}";

    // A string that begins with a digit is meant as a duration; any other may be a name.
    public override bool Accepts(DocumentNode node) => node is ScalarNode
    {
        Kind: ScalarKind.Number
    } or ScalarNode { Kind: ScalarKind.String, Text: [>= '0' and <= '9', ..] };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Number or ScalarKind.String } scalar)
            return Refuse(node, diagnostics);
        if (!Duration.TryParse(scalar.Text, out Duration value))
        {
            diagnostics.Add(
                ExtensionDiagnostics.BadDuration,
                node,
                $"{NameOf(node)} is not a duration: '{scalar.Text}'.",
                "Write a number of seconds, or a number with ms, s, m, h or d: 30, \"500ms\", \"1h\".");
            return null;
        }

        if (_range?.Contains(value) != false)
            return value;
        diagnostics.Add(ExtensionDiagnostics.OutOfRange, node, $"{NameOf(node)} must be {Expected}, not {scalar.Text}.");
        return null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions) => definitions.Refer("Duration", () => new JsonObject
    {
        ["description"] = "A length of time: a number of seconds, or a number with a unit of ms, s, m, h or d.",
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["minimum"] = 0 },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]*\\.?[0-9]+(ms|s|m|h|d)?$" }),
    });

    public override JsonNode? PrintJson(object value) => JsonValue.Create(value.ToString());
}
