using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A <see cref="ValueExpression"/>: any value, in which strings may be expressions.</summary>
internal sealed class ExpressionShape : ValueShape
{
    public override string Expected => "a value or an expression";

    public override string TypeName => "value";

    public override bool Accepts(DocumentNode node) => true;

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics) => ValueExpression.Parse(node, diagnostics);

    public override JsonNode? ToJson(object value) => JsonNode.Parse(NodeJson.Write(((ValueExpression)value).Node));

    public override JsonObject ToSchema(SchemaDefinitions definitions) => definitions.Refer("Value", () => new JsonObject
    {
        ["description"] = "Any JSON value. A string that begins with $ is an expression, such as $request.body#/items; {$...} inside a string is replaced.",
    });
}
