using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A <see cref="JsonPointer"/>.</summary>
internal sealed class PointerShape : ValueShape
{
    public override string Expected => "a JSON Pointer such as /content";

    public override string TypeName => "JSON Pointer";

    public override bool Accepts(DocumentNode node) => node is ScalarNode { Kind: ScalarKind.String };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if ((node as ScalarNode)?.AsString() is not { } text)
            return Refuse(node, diagnostics);
        if (JsonPointer.TryParse(text, out JsonPointer pointer))
            return pointer;
        diagnostics.Add(ExtensionDiagnostics.BadFormat, node, $"{NameOf(node)} must be {Expected}, not '{text}'.", "Begin it with '/'; write '~' as '~0' and '/' in a key as '~1'.");
        return null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["format"] = "json-pointer" };

    public override JsonNode? PrintJson(object value) => JsonValue.Create(value.ToString());
}
