using Headgate.Integration.Operations;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Sagas that need somebody, and are retried when much has changed since.</summary>
public class StuckSagaTests
{
    private const string Steps = """
                  x-gateway-idempotency: { required: true }
                  x-gateway-saga:
                    steps:
                      - { name: reserve, service: inventory-service, path: /reserve, compensate: /release }
                      - { name: pay, service: payment-service, path: /pay }
                    REPEAT
            """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Who does something twice because its key was forgotten would release what is another's by then, or charge twice.
    [Theory]
    [InlineData("", 6, true)]
    [InlineData("", 8, false)]
    [InlineData("repeatFor: 1d", 2, false)]
    [InlineData("repeatFor: 30d", 29, true)]
    public async Task Saga_IsRetried_ForAsLongAsServicesRememberItsKeys(string setting, int daysAgo, bool isCalled)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps.Replace("REPEAT", setting, StringComparison.Ordinal));
        OperationRecord stuck = await StickAsync(gateway);
        await ExecuteAsync(gateway, "UPDATE headgate_operations SET created = $1", stuck.CreatedAt - TimeSpan.FromDays(daysAgo));
        int before = gateway.Services.Calls.Count;

        OperationRecord retried = await RetryAsync(gateway, stuck);

        Assert.Equal(isCalled ? 1 : 0, gateway.Services.Calls.Count - before);
        Assert.Equal(isCalled, retried.Attention is null);
        if (!isCalled)
            Assert.Contains("Whether 'reserve/undo' was done (POST /release to inventory-service) has to be looked up there.", retried.Attention, StringComparison.Ordinal);
    }

    // After a step back to an older program: what it cannot read it leaves alone, says so, and can still be told of and resolved.
    [Fact]
    public async Task State_OfANewerProgram_NeedsAttention_AndIsLeftAsItIs()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps.Replace("REPEAT", "", StringComparison.Ordinal));
        OperationRecord stuck = await StickAsync(gateway);
        byte[] newer = [4, .. stuck.Data[1..]];
        await ExecuteAsync(gateway, "UPDATE headgate_operations SET data = $1", newer);
        int before = gateway.Services.Calls.Count;

        OperationRecord retried = await RetryAsync(gateway, stuck);
        SagaReplyShown again = await AskAsync(gateway);
        (int exitCode, string explained) = await InstanceCommand.RunAsync(gateway.Gateway, ["sagas", "explain", stuck.Id]);
        OperationRecord? resolved = await gateway.Operations.ResolveAsync(stuck.Id, "released by hand", Stop);

        Assert.Equal(before, gateway.Services.Calls.Count);
        Assert.Contains("is of format 4, and this Headgate reads formats up to 3", retried.Attention, StringComparison.Ordinal);
        Assert.Equal(newer, retried.Data);
        Assert.Equal((202, true), (again.Status, again.IsReplayed));
        Assert.Equal(0, exitCode);
        Assert.Contains("is of format 4", explained, StringComparison.Ordinal);
        Assert.Equal(("released by hand", null), (resolved!.Resolution, resolved.Attention));
        Assert.Equal(newer, resolved.Data);
    }

    // Nothing new begins, and who asks for what was begun is answered.
    [Fact]
    public async Task Request_ThatComesAgain_IsAnswered_WhenTooManySagasNeedAttention()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps.Replace("REPEAT", "", StringComparison.Ordinal), settings: "operations.max-attention=1");
        await StickAsync(gateway);
        await Until.TrueAsync(async () => (await gateway.PostAsync(headers: ("Idempotency-Key", $"{Guid.NewGuid()}"))).Status == 503, "the API begins no more");

        SagaReplyShown again = await AskAsync(gateway);

        Assert.Equal((409, true), (again.Status, again.IsReplayed));
    }

    private static async Task<OperationRecord> StickAsync(SagaGateway gateway)
    {
        bool refuses = true;
        gateway.Services.Before = (call, context) =>
        {
            bool isRefused = call.Step == "pay" || (call.Step == "reserve/undo" && refuses);
            context.Response.StatusCode = isRefused ? 409 : 200;
            return Task.FromResult(!isRefused);
        };
        Assert.Equal(409, (await AskAsync(gateway)).Status);
        refuses = false;
        return await gateway.FindAsync();
    }

    private static async Task<OperationRecord> RetryAsync(SagaGateway gateway, OperationRecord stuck)
    {
        Assert.NotNull(await gateway.Operations.RetryAsync(stuck.Id, Stop));
        return await gateway.IsAsync(OperationState.Failed);
    }

    private static Task<SagaReplyShown> AskAsync(SagaGateway gateway) => gateway.PostAsync(headers: ("Idempotency-Key", "k"));

    private static async Task ExecuteAsync(SagaGateway gateway, string sql, object value) =>
        Assert.Equal(1, await gateway.Gateway.Host.Store.WriteAsync(session => session.ExecuteAsync(sql, value), Stop));
}
