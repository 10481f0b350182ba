using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A string of a <see cref="SettingFormat"/>.</summary>
internal sealed class StringShape(SettingFormat format) : ValueShape
{
    public override string Expected => FormatRules.Expected(format);

    public override string TypeName => FormatRules.TypeName(format);

    public override bool Accepts(DocumentNode node) => node is ScalarNode { Kind: ScalarKind.String };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if ((node as ScalarNode)?.AsString() is not { } text)
            return Refuse(node, diagnostics, node is ScalarNode { Kind: not ScalarKind.Null } ? "Put it in quotes." : null);
        if (FormatRules.Fits(format, text))
            return text;
        diagnostics.Add(ExtensionDiagnostics.BadFormat, node, $"{NameOf(node)} must be {Expected}, not '{text}'.");
        return null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (FormatRules.Pattern(format) is { } pattern)
            schema["pattern"] = pattern;
        else
            schema["minLength"] = 1;
        return schema;
    }

    public override JsonNode? PrintJson(object value) => JsonValue.Create((string)value);
}
