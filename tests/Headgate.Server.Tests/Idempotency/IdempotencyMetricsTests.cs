using System.Globalization;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Idempotency;

/// <summary>What the metrics tell of idempotency keys.</summary>
public class IdempotencyMetricsTests
{
    [Fact]
    public async Task Results_AreCounted_EachAsWhatItWas()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();

        await gateway.PostAsync("/orders", "k1");
        await gateway.PostAsync("/orders", "k1");
        await gateway.PostAsync("/orders", "k1", "{ }");
        await gateway.PostAsync("/orders", null);
        gateway.Service.Answer = (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        await gateway.PostAsync("/orders", "k2");

        Assert.Equal(
            ["kept 1", "mismatched 1", "not_kept 0", "released 1", "replayed 1", "running 0"],
            (await ReadAsync(gateway)).Where(line => line.StartsWith("headgate_idempotency_requests_total{", StringComparison.Ordinal)).Select(line => line.Split('"')[1] + line.Split('}')[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RequestUnderWay_IsShown_WithItsAge_UntilItEnds()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        gateway.Service.Gate = new TaskCompletionSource();
        Task<ShownAnswer> first = gateway.PostAsync("/orders", "k");
        await Until.TrueAsync(() => gateway.Service.Keys.Count == 1, "the service is called");
        Assert.Equal(409, (await gateway.PostAsync("/orders", "k")).Status);

        await Until.TrueAsync(async () => await ValueAsync(gateway, "headgate_idempotency_oldest_seconds") > 0, "it has an age");
        Assert.Equal(1, await ValueAsync(gateway, "headgate_idempotency_running"));
        Assert.Equal(1, await ValueAsync(gateway, "headgate_idempotency_requests_total{result=\"running\"}"));

        gateway.Service.Gate.SetResult();
        await first;
        Assert.Equal((0, 0), (await ValueAsync(gateway, "headgate_idempotency_running"), await ValueAsync(gateway, "headgate_idempotency_oldest_seconds")));
    }

    private static async Task<double> ValueAsync(IdempotentGateway gateway, string name) =>
        double.Parse((await ReadAsync(gateway)).Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);

    private static async Task<string[]> ReadAsync(IdempotentGateway gateway) =>
        (await gateway.Gateway.Admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n');
}
