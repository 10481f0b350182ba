using System.Text;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Validation.Answers;

/// <summary>What holding a valid answer to the document costs: nothing on the heap, and nothing at all where nobody asks for it.</summary>
[Collection("Allocation")]
public class AnswerCostTests
{
    private const int Calls = 1000;

    private const string Document = """
        openapi: 3.1.0
        info: { title: Costs, version: "1" }
        paths:
          /orders:
            get:
              operationId: listOrders
              responses:
                "200":
                  description: ok
                  headers: { X-Total: { required: true, schema: { type: integer } } }
                  content: { application/json: { schema: { type: array, items: { type: object, required: [sku], properties: { sku: { type: string } } } } } }
        """;

    [Fact]
    public void ValidAnswer_InTheSteadyState_AllocatesNothing()
    {
        var watch = new AnswerWatch(TimeProvider.System, new RecordingLogger<AnswerWatch>());
        PlanResult result = TestGateway.Compile(new PlanOptions { Upstream = new Uri("http://127.0.0.1:9"), Answers = watch }, Document);
        OperationPlan operation = result.Plan.Apis[0].Operations[0];
        GatewayPolicy policy = operation.ResponsePolicies.Single(candidate => candidate is AnswerCheckPolicy);
        GatewayContext context = TestRequest.Ended(operation);
        context.Response.Headers.ContentType = "application/json; charset=utf-8";
        context.Response.Headers["X-Total"] = "2";
        var body = new PassingBody(Encoding.UTF8.GetBytes("""[{"sku":"A"},{"sku":"B"}]"""));

        // The first round fills the pools; the least of the others counts, since the runtime may allocate for itself at any time.
        long[] allocated = [.. Enumerable.Range(0, 5).Select(_ => AllocatedBy(() => Run(policy, context, body)))];

        Assert.Equal(0, allocated[1..].Min());
        Assert.Equal(5 * Calls, watch.ReadResults().Single(sample => sample.Labels[0] == "valid").Value);
    }

    private static long AllocatedBy(Action call)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
            call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Run(GatewayPolicy policy, GatewayContext context, ResponseBody body)
    {
        if (!RunAsync(policy, context, body).IsCompletedSuccessfully || context.Response.Body is not AnswerCheck)
            throw new InvalidOperationException("The check waited, or there was none.");
    }

    private static async Task RunAsync(GatewayPolicy policy, GatewayContext context, ResponseBody body)
    {
        context.Response.Body = body;
        await policy.OnResponseAsync(context);
        await context.Response.Body.WriteAsync(context);
        await context.Response.Body.DisposeAsync(context);
    }

    private sealed class PassingBody(byte[] bytes) : ResponseBody
    {
        public override ValueTask WriteAsync(GatewayContext context)
        {
            context.Response.Passed(bytes.AsSpan(0, 10));
            context.Response.Passed(bytes.AsSpan(10));
            return ValueTask.CompletedTask;
        }
    }
}
