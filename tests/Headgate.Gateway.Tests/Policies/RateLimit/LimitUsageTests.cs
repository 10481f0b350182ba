using System.Net;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Tests.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>Who uses which limit, as operators see it.</summary>
public class LimitUsageTests
{
    [Fact]
    public async Task Usage_OfALimit_NamesItsBusiestConsumersFirst()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ name: per-user, by: user, limit: 10, window: 10s }] }"));
        await gateway.AdmittedAsync(12, "GET /a", (TestCallers.User, "ada"));
        await gateway.AdmittedAsync(7, "GET /a", (TestCallers.User, "bob"));
        await gateway.AdmittedAsync(1, "GET /a", (TestCallers.User, "eve"));

        LimitUsage usage = Assert.Single(Read(gateway, mostConsumers: 2));
        Assert.Equal(("per-user", "user", 10, 10, 18L, 2L, 3), (usage.Name, usage.By, usage.Limit, usage.Burst!.Value, usage.Admitted!.Value, usage.Refused!.Value, usage.ConsumerCount));
        Assert.Equal([new LimitConsumer("ada", 10, 0, TimeSpan.FromSeconds(10)), new LimitConsumer("bob", 7, 3, TimeSpan.FromSeconds(7))], usage.Consumers);

        gateway.Time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(["ada"], Assert.Single(Read(gateway, mostConsumers: 10)).Consumers.Select(consumer => consumer.Name));
    }

    [Fact]
    public async Task ValueOfAHeader_WhichMayBeASecret_IsNotShown()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ by: 'header:X-Api-Key', limit: 2, window: 1h }] }"));
        await gateway.AdmittedAsync(2, "GET /a", ("X-Api-Key", "s3cret"));
        LimitConsumer consumer = Assert.Single(Assert.Single(Read(gateway, 10)).Consumers);
        Assert.Equal("X-Api-Key: (not shown)", consumer.Name);
    }

    [Fact]
    public async Task QuietConsumer_IsAHash()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ by: user, limit: 100, window: 1h }] }"));
        await gateway.AdmittedAsync(1, "GET /a", (TestCallers.User, "ada"));
        Assert.Matches("^#[0-9a-f]{16}$", Assert.Single(Assert.Single(Read(gateway, 10)).Consumers).Name);
    }

    [Fact]
    public async Task Limits_ThatOperationsShare_AreListedOnce()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ by: global, limit: 9, window: 1h }, { by: endpoint, limit: 9, window: 1h }] }", "x-gateway-rate-limit: 7"));
        Assert.Equal(
            [("endpoint", "getA"), ("endpoint", "getB"), ("endpoint", "postA"), ("global", null), ("user", "getA")],
            Read(gateway, 0).Select(usage => (usage.Name, usage.Operation)).Order());
    }

    [Fact]
    public async Task Limits_PageByPage_AreAllOfThemOnceInTheirOrder()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ by: global, limit: 9, window: 1h }, { by: endpoint, limit: 9, window: 1h }] }, limits: { concurrency: [{ by: user, limit: 2 }] }", "x-gateway-rate-limit: 7"));
        var reader = new LimitUsageReader(new PlanHolder(gateway.Gateway.Plan), gateway.Time);
        string[] all = [.. reader.Read(new LimitQuery()).Select(usage => usage.Key)];
        Assert.Equal(6, all.Length);
        Assert.Equal(all.Order(StringComparer.Ordinal), all);

        var paged = new List<string>();
        while (reader.Read(new LimitQuery { After = paged.LastOrDefault(), Most = 4 }) is { Count: > 0 } page)
            paged.AddRange(page.Select(usage => usage.Key));
        Assert.Equal(all, paged);
        Assert.Equal(6, reader.Read(new LimitQuery { Api = "api" }).Count);
        Assert.Empty(reader.Read(new LimitQuery { Api = "another" }));
    }

    [Fact]
    public async Task ConcurrencyLimit_WithRequestsUnderWay_TellsOfWhom()
    {
        var arrived = new SemaphoreSlim(0);
        var release = new TaskCompletionSource();
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("limits: { concurrency: [{ by: user, limit: 2 }, { by: global, limit: 5 }] }"),
            async _ =>
            {
                arrived.Release();
                await release.Task;
            });
        Task<HttpStatusCode>[] calls = [.. new[] { "ada", "ada", "bob" }.Select(user => gateway.StatusAsync("GET /a", (TestCallers.User, user)))];
        foreach (Task<HttpStatusCode> _ in calls)
            await arrived.WaitAsync(TestContext.Current.CancellationToken);

        IReadOnlyList<LimitUsage> usage = Read(gateway, 10);
        Assert.Equal([("global", 5, 1), ("user", 2, 2)], usage.Select(limit => (limit.By, limit.Limit, limit.ConsumerCount)));
        Assert.All(usage, limit => Assert.Equal((LimitKind.Concurrency, null, null), (limit.Kind, limit.Window, limit.Admitted)));
        Assert.Equal([new LimitConsumer("global", 3, 2, null)], usage[0].Consumers);
        Assert.Equal([(2, 0), (1, 1)], usage[1].Consumers.Select(consumer => (consumer.Used, consumer.Remaining)));
        Assert.All(usage[1].Consumers, consumer => Assert.Matches("^#[0-9a-f]{16}$", consumer.Name));

        release.SetResult();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Metrics_OfLimits_CountWhatTheyDecided()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ name: all, by: global, limit: 9, window: 1h }, { name: per-user, by: user, limit: 2, window: 1h }] }"));
        await using GatewayTelemetry telemetry = GatewayTelemetry.Create(new TelemetryOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        telemetry.ObserveStates(gateway.Gateway.States);
        await gateway.AdmittedAsync(5, "GET /a", (TestCallers.User, "ada"));

        string metrics = TelemetryHost.Read(telemetry);
        Assert.Contains("headgate_rate_limit_requests_total{api=\"api\",limit=\"all\",result=\"admitted\"} 5\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_rate_limit_requests_total{api=\"api\",limit=\"all\",result=\"given_back\"} 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_rate_limit_requests_total{api=\"api\",limit=\"per-user\",result=\"admitted\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_rate_limit_requests_total{api=\"api\",limit=\"per-user\",result=\"refused\"} 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_rate_limit_evictions_total{api=\"api\",limit=\"per-user\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_rate_limit_table_bytes{api=\"api\",limit=\"per-user\"} 128\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_OfManyLimits_AreBoundedInNumber()
    {
        var states = new LivingStates();
        for (int i = 0; i < 1000; i++)
        {
            var identity = new LimitIdentity("api", $"operation-{i}", null, $"limit-{i}", TestLimits.ByUser, 1, TimeSpan.FromHours(1), LimitedCallers.All);
            states.Get(identity, () => new RateLimitState(identity, isSingle: false, new MemoryBudget(0)));
        }

        var metrics = new Gateway.Telemetry.Metrics.LimitMetrics();
        metrics.Observe(states);
        Assert.All(metrics.Families().Take(3), family => Assert.InRange(family.Samples!().Select(sample => string.Join(' ', sample.Labels.Take(2))).Distinct().Count(), 201, 201));
    }

    private static IReadOnlyList<LimitUsage> Read(LimitedGateway gateway, int mostConsumers) =>
        new LimitUsageReader(new PlanHolder(gateway.Gateway.Plan), gateway.Time).Read(new LimitQuery { MostConsumers = mostConsumers });
}
