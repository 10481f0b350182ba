using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A number, bound to <see cref="double"/>.</summary>
internal sealed class NumberShape(string? range) : ValueShape
{
    private readonly ValueRange<double>? _range = ValueRange<double>.Parse(
        range, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null);

    public override string Expected => $"a number{_range?.Words}";

    public override string TypeName => _range is null ? "number" : $"number, {_range.Text}";

    public override bool Accepts(DocumentNode node) => node is ScalarNode { Kind: ScalarKind.Number };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if ((node as ScalarNode)?.AsNumber() is not { } value)
            return Refuse(node, diagnostics);
        if (double.IsFinite(value) && _range?.Contains(value) != false)
            return value;
        diagnostics.Add(ExtensionDiagnostics.OutOfRange, node, $"{NameOf(node)} must be {Expected}, not {((ScalarNode)node).Text}.");
        return null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "number" };
        _range?.WriteTo(schema, "minimum", "maximum");
        return schema;
    }

    public override string? Print(object value) => string.Create(CultureInfo.InvariantCulture, $"{value}");

    public override JsonNode? PrintJson(object value) => JsonValue.Create((double)value);
}
