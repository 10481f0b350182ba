using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Tests.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>What a valid request costs: nothing on the heap.</summary>
public class ValidationCostTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Costs, version: "1" }
        paths:
          /orders/{id}:
            post:
              operationId: update
              parameters:
                - { name: id, in: path, required: true, schema: { type: integer } }
                - { name: page, in: query, schema: { type: integer, minimum: 1 } }
                - { name: status, in: query, schema: { type: array, items: { enum: [NEW, PAID] } } }
                - { name: filter, in: query, style: deepObject, schema: { type: object, properties: { min: { type: number } } } }
                - { name: X-Request-ID, in: header, required: true, schema: { type: string } }
                - { name: X-Limit, in: header, schema: { type: integer } }
                - { name: session, in: cookie, schema: { type: string, format: uuid } }
              requestBody: { required: true, content: { application/json: { schema: { type: object, required: [sku], properties: { sku: { type: string } } } }, application/x-www-form-urlencoded: { schema: { type: object, required: [sku] } } } }
              responses: { "200": { description: ok, content: { application/json: {} } } }
        """;

    [Theory]
    [InlineData("application/json", """{"sku":"A"}""")]
    [InlineData("application/x-www-form-urlencoded", "sku=A&more=%20")]
    public void ValidRequest_InTheSteadyState_AllocatesNothing(string contentType, string body)
    {
        PlanResult result = TestGateway.Compile(new PlanOptions { Upstream = new Uri("http://127.0.0.1:9") }, Document);
        OperationPlan operation = result.Plan.Apis[0].Operations[0];
        GatewayPolicy policy = operation.RequestPolicies.Single(candidate => candidate.Name == "validation");
        GatewayContext context = Request(operation, contentType, body);

        for (int i = 0; i < 2000; i++)
            Run(policy, context);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Run(policy, context);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    private static void Run(GatewayPolicy policy, GatewayContext context)
    {
        ValueTask<PolicyVerdict> verdict = policy.OnRequestAsync(context);
        if (!verdict.IsCompletedSuccessfully || verdict.Result != PolicyVerdict.Continue)
            throw new InvalidOperationException(context.Failure?.Detail);
    }

    private static GatewayContext Request(OperationPlan operation, string contentType, string body)
    {
        var pipe = new Pipe();
        pipe.Writer.Write(Encoding.UTF8.GetBytes(body));
        pipe.Writer.Complete();
        GatewayContext context = TestRequest.Ended(operation, "/orders/42", "?page=2&status=NEW&status=%50AID&filter%5Bmin%5D=1.5", "POST", body: pipe.Reader);
        context.Request.Headers["X-Limit"] = "10";
        context.Request.Headers.Cookie = "a=b; session=0190b6a5-7f3a-7c3e-8a55-0a8d3f0d7a11";
        context.Request.Headers.ContentType = contentType;
        context.Request.Headers.Accept = "text/html, application/json;q=0.9";
        context.PathValues.Begin("/orders/42");
        context.PathValues.Push("/orders/".Length, 2);
        return context;
    }
}
