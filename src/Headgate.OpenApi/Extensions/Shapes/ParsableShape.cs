using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A type that a feature reads from text itself; see <see cref="SettingTextAttribute"/>.</summary>
internal sealed class ParsableShape<T>(SettingTextAttribute text) : ValueShape
    where T : IParsable<T>
{
    public override string Expected => text.Expected;

    public override string TypeName => text.TypeName;

    public override bool Accepts(DocumentNode node) =>
        node is ScalarNode { Kind: ScalarKind.String } || (text.AllowNumber && node is ScalarNode { Kind: ScalarKind.Number });

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (!Accepts(node))
            return Refuse(node, diagnostics);
        string given = ((ScalarNode)node).Text;
        if (T.TryParse(given, CultureInfo.InvariantCulture, out T? value))
            return value;
        diagnostics.Add(ExtensionDiagnostics.BadFormat, node, $"{NameOf(node)} must be {Expected}, not '{given}'.");
        return null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (text.Pattern is not null)
            schema["pattern"] = text.Pattern;
        return text.AllowNumber ? new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "number" }, schema) } : schema;
    }

    public override JsonNode? PrintJson(object value) => JsonValue.Create(value.ToString());
}
