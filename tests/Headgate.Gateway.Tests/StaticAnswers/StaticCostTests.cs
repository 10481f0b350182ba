using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.StaticAnswers;

/// <summary>What a fixed answer costs: nothing on the heap, whatever is negotiated and whatever the client knows already.</summary>
public class StaticCostTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Costs, version: "1" }
        paths:
          /orders:
            get:
              operationId: list
              x-gateway-static: { headers: { Cache-Control: max-age=60 } }
              responses: { "200": { description: ok, content: { application/json: { example: [] }, text/csv: { example: "a;b" } } }, "404": { description: none } }
        """;

    [Theory]
    [InlineData("GET", "", 200)]
    [InlineData("GET", "text/csv;q=0.5, application/json;q=0.9", 200)]
    [InlineData("HEAD", "", 200)]
    [InlineData("GET", "tag", 304)]
    [InlineData("GET", "date", 304)]
    public async Task FixedAnswer_InTheSteadyState_AllocatesNothing(string method, string field, int expected)
    {
        OperationPlan operation = TestGateway.Compile(new PlanOptions(), Document).Plan.Apis[0].Operations[0];
        GatewayContext context = TestRequest.Ended(operation, "/orders", method: method);
        await operation.Handler.HandleAsync(context);
        if (field == "tag")
            context.Request.Headers.IfNoneMatch = $"\"x\", W/{context.Response.Headers.ETag}";
        else if (field == "date")
            context.Request.Headers.IfModifiedSince = context.Response.Headers.LastModified;
        else
            context.Request.Headers.Accept = field;

        for (int i = 0; i < 2000; i++)
            Run(operation.Handler, context);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Run(operation.Handler, context);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((expected, 0L), (context.Response.StatusCode, allocated));
    }

    private static void Run(GatewayHandler handler, GatewayContext context)
    {
        ValueTask handling = handler.HandleAsync(context);
        if (!handling.IsCompletedSuccessfully || context.Failure is not null)
            throw new InvalidOperationException(context.Failure?.Detail);
    }
}
