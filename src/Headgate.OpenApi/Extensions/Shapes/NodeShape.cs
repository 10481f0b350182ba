using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>Any value, kept as its node.</summary>
internal sealed class NodeShape : ValueShape
{
    public override string Expected => "any value";

    public override string TypeName => "any value";

    public override bool Accepts(DocumentNode node) => true;

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics) => node;

    public override JsonObject ToSchema(SchemaDefinitions definitions) => [];

    public override JsonNode? ToJson(object value) => JsonNode.Parse(NodeJson.Write((DocumentNode)value));
}
