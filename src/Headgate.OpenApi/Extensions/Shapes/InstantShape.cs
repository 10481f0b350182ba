using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A date, or a date with a time and an offset (RFC 3339). A bare date is its first moment in UTC.</summary>
internal sealed class InstantShape : ValueShape
{
    private static readonly string[] s_forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public override string Expected => "a date such as 2030-12-31 or 2030-12-31T23:59:59Z";

    public override string TypeName => "date";

    public override bool Accepts(DocumentNode node) => node is ScalarNode { Kind: ScalarKind.String };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if ((node as ScalarNode)?.AsString() is not { } text)
            return Refuse(node, diagnostics);
        if (DateTimeOffset.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value))
            return value;
        diagnostics.Add(ExtensionDiagnostics.BadFormat, node, $"{NameOf(node)} must be {Expected}, not '{text}'.");
        return null;
    }

    public override JsonNode? ToJson(object value) => JsonValue.Create(((DateTimeOffset)value).ToString(s_forms[^1], CultureInfo.InvariantCulture));

    public override JsonObject ToSchema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["anyOf"] = new JsonArray(new JsonObject { ["format"] = "date" }, new JsonObject { ["format"] = "date-time" }) };
}
