using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A <see cref="TargetTemplate"/>.</summary>
internal sealed class TargetShape : ValueShape
{
    public override string Expected => "a request target such as /orders?userId={userId}";

    public override string TypeName => "request target";

    public override bool Accepts(DocumentNode node) => node is ScalarNode { Kind: ScalarKind.String };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics) =>
        node is ScalarNode { Kind: ScalarKind.String } text ? TargetTemplate.Parse(text, diagnostics) : Refuse(node, diagnostics);

    public override JsonNode? ToJson(object value) => JsonValue.Create(((TargetTemplate)value).Text);

    public override JsonObject ToSchema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = "^/" };
}
