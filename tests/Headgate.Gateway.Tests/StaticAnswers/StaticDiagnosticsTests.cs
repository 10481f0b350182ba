using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Tests.StaticAnswers;

/// <summary>What a document is told that promises a static answer which it does not have.</summary>
public class StaticDiagnosticsTests
{
    private const string Json = "content: { application/json: { examples: { open: { value: 1 }, paid: { value: 2 } } } }";

    [Theory]
    [InlineData("true", "\"200\": { description: ok, " + Json + " }", "")]
    [InlineData("{ example: paid }", "\"200\": { description: ok, " + Json + " }", "")]
    [InlineData("{ example: payd }", "\"200\": { description: ok, " + Json + " }", "HG2800 The answer with status 200 has no example 'payd'. Did you mean 'paid'?")]
    [InlineData("{ example: paid }", "\"204\": { description: ok }", "HG2800 The answer with status 204 has no example 'paid'. Add it under examples of the media type.")]
    [InlineData("true", "\"200\": { description: ok, content: { application/json: { schema: { type: object } } } }", "HG2800 The answer with status 200 has no example. Add one to its media type or schema, or give a body.")]
    [InlineData("true", "\"200\": { description: ok, content: { application/json: { examples: { far: { externalValue: \"https://example.com/a.json\" } } } } }", "HG2800 The answer with status 200 has no example. Add one to its media type or schema, or give a body.")]
    [InlineData("true", "\"404\": { description: none }", "HG2801 The operation declares no successful answer. Declare it under responses, or give another status.")]
    [InlineData("{ status: 202 }", "\"200\": { description: ok }", "HG2801 The operation declares no answer with status 202. Declare it under responses, or give another status.")]
    [InlineData("{ status: 202 }", "\"2XX\": { description: ok }", "")]
    [InlineData("{ status: 202 }", "default: { description: ok }", "")]
    [InlineData("{ body: 1, contentType: text/plain }", "\"200\": { description: ok, " + Json + " }", "HG2802 The answer is not declared with the media type 'text/plain'. Declared: application/json.")]
    [InlineData("{ body: 1, contentType: nonsense }", "\"200\": { description: ok }", "HG2802 The answer is not declared with the media type 'nonsense'. Write a media type.")]
    [InlineData("{ body: 1 }", "\"200\": { description: ok, content: { text/plain: {} } }", "HG2803 The body is no text, and 'text/plain' is not JSON. Write the body as one text without values of requests, or answer in JSON.")]
    [InlineData("true", "\"200\": { description: ok, content: { text/csv: { example: [1] } } }", "HG2803 The example is no text, and 'text/csv' is not JSON. Write the example as one text.")]
    [InlineData("{ status: 204, body: 1 }", "\"204\": { description: ok }", "HG2804 An answer with status 204 has no body. Leave out the body, or give another status.")]
    [InlineData("{ headers: { content-length: \"3\" } }", "\"204\": { description: ok }", "HG2805 'content-length' is written by Headgate itself, or belongs to the connection. Leave it out.")]
    [InlineData("{ headers: { Content-Type: text/html } }", "\"204\": { description: ok }", "HG2805 'Content-Type' is written by Headgate itself, or belongs to the connection. Use contentType.")]
    [InlineData("{ headers: { Transfer-Encoding: chunked } }", "\"204\": { description: ok }", "HG2805 'Transfer-Encoding' is written by Headgate itself, or belongs to the connection. Leave it out.")]
    [InlineData("{ body: 1, example: paid }", "\"200\": { description: ok, " + Json + " }", "HG2806 The answer is a body and an example at once. Keep one of the two.")]
    [InlineData("{ body: $request.body#/a }", "\"200\": { description: ok }", "HG2730 This value is not known here, where no service answers and the request's body is not kept. Use parameters of path and query, header fields, $tenant, $claims.sub, or a value as it is.")]
    [InlineData("{ body: $request.query.unknown }", "\"200\": { description: ok }", "HG2051")]
    public void Document_IsToldWhatItDoesNotHave(string extension, string responses, string expected)
    {
        PlanResult result = TestGateway.Compile(new PlanOptions(), $$"""
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            paths:
              /a:
                post:
                  operationId: a
                  requestBody: { content: { application/json: {} } }
                  x-gateway-static: {{extension}}
                  responses: { {{responses}} }
            """);
        string findings = string.Join('\n', result.Documents[0].Diagnostics.Items.Select(item => $"{item.Code} {item.Message} {item.Fix}"));
        if (expected.Length == 6)
            Assert.StartsWith("HG2", findings, StringComparison.Ordinal);
        else
            Assert.Equal(expected, findings);
    }

    // A reload that changes the answer must change it: nothing older is kept.
    [Fact]
    public void StaticAnswer_IsNotCached_AndADocumentThatWantsItIsWarned()
    {
        PlanResult result = TestGateway.Compile(new PlanOptions(), """
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            x-gateway-config: { cache: { ttl: 1m } }
            paths:
              /a: { get: { operationId: a, x-gateway-static: true, x-gateway-cache: { ttl: 1m }, responses: { "204": { description: ok } } } }
              /b: { get: { operationId: b, x-gateway-static: true, responses: { "204": { description: ok } } } }
            """);
        Assert.Equal(["HG2807"], result.Documents[0].Diagnostics.Items.Select(item => item.Code));
        Assert.All(result.Plan.Apis[0].Operations, operation => Assert.DoesNotContain(operation.RequestPolicies, policy => policy.Name == "cache"));
    }
}
