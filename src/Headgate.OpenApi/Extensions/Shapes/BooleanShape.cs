using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class BooleanShape : ValueShape
{
    private static readonly object s_true = true;
    private static readonly object s_false = false;

    public override string Expected => "true or false";

    public override string TypeName => "boolean";

    public override bool Accepts(DocumentNode node) => node is ScalarNode { Kind: ScalarKind.Boolean };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics) =>
        (node as ScalarNode)?.AsBoolean() is { } value ? value ? s_true : s_false : Refuse(node, diagnostics);

    public override JsonObject ToSchema(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };

    public override string? Print(object value) => (bool)value ? "true" : "false";

    public override JsonNode? PrintJson(object value) => JsonValue.Create((bool)value);
}
