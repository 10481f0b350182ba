using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>Operations that declare the same are held to it by one policy; the least difference gives each its own.</summary>
public class SharedValidationTests
{
    private const string Limit = "{ name: limit, in: query, schema: { type: integer, maximum: 100 } }";

    private static readonly PlanOptions s_options = new() { Upstream = new Uri("http://127.0.0.1:9") };

    [Fact]
    public void Operations_ThatDeclareTheSame_ShareTheirPolicies()
    {
        OperationPlan[] operations = Compile(Limit, Limit);

        Assert.Same(ValidationOf(operations[0]), ValidationOf(operations[1]));
        Assert.Same(operations[0].RequestPolicies, operations[1].RequestPolicies);
    }

    [Theory]
    [InlineData("{ name: limit, in: query, schema: { type: integer, maximum: 101 } }")]
    [InlineData("{ name: limit, in: query, schema: { type: integer, minimum: 100 } }")]
    [InlineData("{ name: limit, in: query, required: true, schema: { type: integer, maximum: 100 } }")]
    [InlineData("{ name: limit, in: header, schema: { type: integer, maximum: 100 } }")]
    [InlineData("{ name: Limit, in: query, schema: { type: integer, maximum: 100 } }")]
    [InlineData(Limit + ", { name: page, in: query, schema: { type: integer } }")]
    [InlineData("{ name: b, in: path, required: true, schema: { type: integer } }")]
    public void Operations_ThatDeclareSomethingElse_DoNot(string parameters)
    {
        OperationPlan[] operations = Compile(Limit, parameters);

        Assert.NotSame(ValidationOf(operations[0]), ValidationOf(operations[1]));
    }

    // The same parameter stands elsewhere in the path: the value is another segment.
    [Fact]
    public void PathParameter_InAnotherPlace_IsCheckedWhereItStands()
    {
        const string b = "{ name: b, in: path, required: true, schema: { type: integer } }";
        OperationPlan[] operations = Compile($"{b}, {{ name: a, in: path, required: true, schema: {{ type: string }} }}", b);

        Assert.NotSame(ValidationOf(operations[0]), ValidationOf(operations[1]));
    }

    [Fact]
    public void Mistake_ThatTwoOperationsMake_IsToldOfBoth()
    {
        const string mistake = "{ name: limit, in: query, schema: { type: integer, maximum: many } }";
        PlanResult result = TestGateway.Compile(s_options, Document(mistake, mistake));

        int[] lines = [.. result.Documents[0].Diagnostics.Items.Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.Location.Line)];
        Assert.Equal(2, lines.Distinct().Count());
    }

    private static GatewayPolicy? ValidationOf(OperationPlan operation) => operation.RequestPolicies.SingleOrDefault(policy => policy.Name == "validation");

    private static OperationPlan[] Compile(string first, string second) => [.. TestGateway.Compile(s_options, Document(first, second)).Plan.Apis[0].Operations];

    private static string Document(string first, string second) => $$"""
        openapi: 3.1.0
        info: { title: Shared, version: "1" }
        paths:
          /one/{a}/{b}: { get: { operationId: one, parameters: [{{first}}], responses: { "200": { description: ok } } } }
          /two/{b}: { get: { operationId: two, parameters: [{{second}}], responses: { "200": { description: ok } } } }
        """;
}
