using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A whole number, bound to <see cref="int"/> or <see cref="long"/>.</summary>
internal sealed class IntegerShape(bool wide, string? range) : ValueShape
{
    private readonly ValueRange<long>? _range = ValueRange<long>.Parse(
        range, text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null);

    public override string Expected => $"a whole number{_range?.Words}";

    public override string TypeName => _range is null ? "integer" : $"integer, {_range.Text}";

    public override bool Accepts(DocumentNode node) => node is ScalarNode { Kind: ScalarKind.Number };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Number } scalar)
            return Refuse(node, diagnostics);
        if (scalar.AsInteger() is not { } value)
            return Refuse(node, diagnostics);
        if ((!wide && value is < int.MinValue or > int.MaxValue) || _range?.Contains(value) == false)
        {
            diagnostics.Add(ExtensionDiagnostics.OutOfRange, node, $"{NameOf(node)} must be {Expected}, not {scalar.Text}.");
            return null;
        }

        return wide ? value : (object)(int)value;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "integer" };
        _range?.WriteTo(schema, "minimum", "maximum");
        return schema;
    }

    public override string? Print(object value) => string.Create(CultureInfo.InvariantCulture, $"{value}");

    public override JsonNode? PrintJson(object value) => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture));
}
