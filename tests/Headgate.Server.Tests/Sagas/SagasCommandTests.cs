using System.Text.Json;
using Headgate.Integration.Operations;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Sagas;

/// <summary>What an operator does about sagas that are stuck, by the commands alone.</summary>
public class SagasCommandTests
{
    private const string Steps = """
              x-gateway-saga:
                steps:
                  - { name: reserve, service: inventory-service, path: /reserve, compensate: /release }
                  - { name: pay, service: payment-service, path: /pay }
        """;

    [Fact]
    public async Task StuckSagas_AreListed_Explained_Retried_AndResolved()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps);
        bool refuses = true;
        gateway.Services.Before = (call, context) =>
        {
            bool isRefused = call.Step == "pay" || (call.Step == "reserve/undo" && refuses);
            context.Response.StatusCode = isRefused ? 409 : 200;
            return Task.FromResult(!isRefused);
        };
        Assert.Equal(409, (await gateway.PostAsync()).Status);
        Assert.Equal(409, (await gateway.PostAsync()).Status);

        JsonElement listed = JsonDocument.Parse(await RunAsync(gateway, "list", "--attention", "--format", "json")).RootElement;
        string[] ids = [.. listed.EnumerateArray().Select(saga => saga.GetProperty("id").GetString()!)];
        string explained = await RunAsync(gateway, "explain", ids[0]);
        string shown = await RunAsync(gateway, "show", ids[0], "--format", "json");
        refuses = false;
        await RunAsync(gateway, "retry", ids[0]);
        await Until.TrueAsync(async () => (await gateway.Operations.FindAsync(ids[0], TestContext.Current.CancellationToken)) is { HasEnded: true, Attention: null }, "the first is undone");
        string resolved = await RunAsync(gateway, "resolve", ids[1], "--note", "released by hand");
        JsonElement left = JsonDocument.Parse(await RunAsync(gateway, "list", "--attention", "--format", "json")).RootElement;

        Assert.Equal(2, ids.Length);
        Assert.Contains("step 1 reserve (POST /reserve to inventory-service): done, being undone by POST /release to inventory-service, answered 200", explained, StringComparison.Ordinal);
        Assert.Contains("step 2 pay (POST /pay to payment-service): did not happen, answered 409", explained, StringComparison.Ordinal);
        Assert.Contains("could not be undone", shown, StringComparison.Ordinal);
        Assert.Contains("released by hand", resolved, StringComparison.Ordinal);
        Assert.Equal(0, left.GetArrayLength());
        OperationRecord second = (await gateway.Operations.FindAsync(ids[1], TestContext.Current.CancellationToken))!;
        Assert.Equal((OperationState.Failed, "released by hand"), (second.State, second.Resolution));
    }

    private static async Task<string> RunAsync(SagaGateway gateway, params string[] arguments)
    {
        (int exitCode, string output) = await InstanceCommand.RunAsync(gateway.Gateway, ["sagas", .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
