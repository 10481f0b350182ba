using System.Globalization;
using System.Text.RegularExpressions;
using Headgate.Integration.Operations;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Sagas;

/// <summary>What the metrics say of sagas, by value.</summary>
public class SagaMetricsTests
{
    private const string Steps = """
              x-gateway-saga:
                steps:
                  - { name: one, service: product-service, path: /one, compensate: { path: /undo-one, retry: { attempts: 2, baseDelay: 10ms } } }
                  - { name: two, service: inventory-service, path: /two, compensate: /undo-two }
                  - { name: three, service: order-service, path: /three }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SagasThatEndInEachWay_AreCountedWithTheCallsOfTheirSteps()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps, "circuitBreaker: false");
        long began = TimeProvider.System.GetTimestamp();
        await gateway.PostAsync("{}");

        gateway.Services.Answer = call => call.Step == "three" ? (402, "{}") : null;
        await gateway.PostAsync("{}");
        await gateway.Services.IsCalledAsync("one/undo");

        gateway.Services.Answer = call => call.Step is "three" or "one/undo" ? (402, "{}") : null;
        await gateway.PostAsync("{}");
        await gateway.Services.IsCalledAsync("one/undo", times: 2);

        gateway.Services.Answer = null;
        await CancelAtTwoAsync(gateway);
        await Until.TrueAsync(async () => await ReadAsync(gateway, "headgate_sagas_total", "outcome=\"cancelled\"") == 1, "the cancelled saga has ended");

        Assert.Equal(1, await ReadAsync(gateway, "headgate_sagas_total", "outcome=\"succeeded\""));
        Assert.Equal(1, await ReadAsync(gateway, "headgate_sagas_total", "outcome=\"failed\""));
        Assert.Equal(1, await ReadAsync(gateway, "headgate_sagas_total", "outcome=\"needs_attention\""));
        string[] steps = ["one", "two", "three", "two/undo", "one/undo"];
        Assert.Equal(new double[] { 4, 4, 3, 3, 3 }, await ReadEachAsync(gateway, "headgate_saga_step_duration_seconds_count", steps));
        Assert.Equal(new double[] { 0, 0, 0, 0, 0 }, await ReadEachAsync(gateway, "headgate_saga_step_repeats_total", steps));
        double all = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        foreach (string step in steps)
            Assert.InRange(await ReadAsync(gateway, "headgate_saga_step_duration_seconds_sum", $"step=\"{step}\""), double.Epsilon, all);
    }

    [Fact]
    public async Task CallsThatAreMadeAgain_AreCountedAsSuch()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps, "circuitBreaker: false");
        gateway.Services.Answer = call => call.Step == "three" ? (402, "{}") : null;
        var broken = new HashSet<string>();
        gateway.Services.Before = (call, context) =>
        {
            bool isServed = call.Step is not ("two" or "one/undo") || !broken.Add(call.Step);
            if (!isServed)
                context.Abort();
            return Task.FromResult(isServed);
        };
        await gateway.PostAsync("{}");
        await gateway.IsAsync(OperationState.Failed);

        string[] steps = ["one", "two", "three", "two/undo", "one/undo"];
        Assert.Equal(new double[] { 0, 1, 0, 0, 1 }, await ReadEachAsync(gateway, "headgate_saga_step_repeats_total", steps));
        Assert.Equal(new double[] { 1, 2, 1, 1, 2 }, await ReadEachAsync(gateway, "headgate_saga_step_duration_seconds_count", steps));
    }

    private static async Task CancelAtTwoAsync(SagaGateway gateway)
    {
        var gate = new TaskCompletionSource();
        int called = gateway.Services.Calls.Count(call => call.Step == "two");
        gateway.Services.After = async (call, _) =>
        {
            if (call.Step == "two")
                await gate.Task;
            return true;
        };
        Task<SagaReplyShown> posted = gateway.PostAsync("{}");
        await gateway.Services.IsCalledAsync("two", called + 1);
        string id = gateway.Services.Calls.Last(call => call.Step == "two").Key.Split('/')[0];
        Assert.NotNull(await gateway.Operations.CancelAsync(id, Stop));
        gate.SetResult();
        await posted;
    }

    private static Task<double[]> ReadEachAsync(SagaGateway gateway, string name, string[] steps) => Task.WhenAll(steps.Select(step => ReadAsync(gateway, name, $"step=\"{step}\"")));

    // 0 where the family has no such series yet.
    private static async Task<double> ReadAsync(SagaGateway gateway, string name, string label)
    {
        string metrics = await gateway.Gateway.Admin.GetStringAsync("/metrics", Stop);
        Match line = Regex.Match(metrics, $@"^{name}\{{[^}}]*operation=""createOrderSaga"",{Regex.Escape(label)}\}} (\S+)$", RegexOptions.Multiline);
        return line.Success ? double.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }
}
