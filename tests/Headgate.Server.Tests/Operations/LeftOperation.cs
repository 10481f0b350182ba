using Headgate.Integration.Operations;
using Headgate.Integration.Tests.Operations;
using Headgate.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Tests.Operations;

/// <summary>Leaves behind in a gateway's store what an instance leaves that is gone: an operation that needs attention.</summary>
internal static class LeftOperation
{
    public static async Task<OperationRecord> MakeAsync(TestGateway gateway)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        var registry = new OperationRegistry(gateway.Host.Store, gateway.Host.Events.Log, mostAttention: 10_000, TimeProvider.System, NullLogger<OperationRegistry>.Instance);
        registry.Add(new TestKind("refund", (run, stopped) => run.SaveAsync(
            new OperationChange
            {
                End = OperationState.Failed, Stage = "refund", Progress = 60, Attention = "The refund of pay_7 was refused 10 times.", Error = new OperationError("BAD_GATEWAY", "The order could neither be made nor undone."),
            },
            stopped)));
        await registry.OpenAsync(home: null, stop);
        OperationRun run = (await registry.StartAsync(
            new NewOperation { Kind = "refund", Name = "checkout", Api = "shop", Tenant = "acme", Owner = "acme/user:ann", Message = "Undoing what was done", CorrelationId = "cart-7" }, stop))!;
        return (await run.Ended)!;
    }
}
