using System.Text;
using System.Text.Json;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Sagas of processes that are killed, and of several on one store.</summary>
public sealed class SagaProcessTests : IDisposable
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        paths:
          /orders:
            post:
              operationId: order
              x-gateway-idempotency: { required: true }
              x-gateway-saga:
                wait: 0s
                steps:
                  - { name: one, service: shop, path: /a/one, compensate: /a/undo-one }
                  - { name: two, service: shop, path: /a/two, compensate: /a/undo-two }
                  - { name: three, service: shop, path: /a/three }
              requestBody: { content: { application/json: {} } }
              responses: { "201": { description: created } }
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task ProcessThatIsKilled_IsFollowedByTheNext_AndTheRequestThatComesAgainFindsItsSaga()
    {
        await using RecordingServices services = await RecordingServices.StartAsync();
        TaskCompletionSource gate = HoldTwo(services);
        await using (ProgramProcess killed = Run(services, "data"))
        {
            Assert.Equal(202, await PostAsync(await killed.WaitForClientsAsync()));
            await services.IsCalledAsync("two");
            killed.Signal("KILL");
            await killed.WaitAsync();
        }

        gate.SetResult();
        await using ProgramProcess next = Run(services, "data");
        Uri url = await next.WaitForClientsAsync();
        await Until.TrueAsync(async () => await PostAsync(url) == 200, "the saga is there and has ended");

        Assert.Equal(["one", "two", "three"], services.Done.Select(call => call.Step));
        Assert.Equal(2, services.Calls.Count(call => call.Step == "two"));
        Assert.Single(services.Calls.Select(call => call.Key.Split('/')[0]).Distinct());
    }

    [Fact]
    public async Task InstanceThatStops_HandsItsSagasToTheOthers_OnPostgreSql()
    {
        Assert.SkipWhen(PostgreSqlCluster.Programs is null && Environment.GetEnvironmentVariable("CI") != "true", PostgreSqlCluster.Missing);
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync();
        string database = await cluster.CreateDatabaseAsync();
        await using RecordingServices services = await RecordingServices.StartAsync();
        TaskCompletionSource gate = HoldTwo(services);
        await using ProgramProcess one = Run(services, "one", "--store", database);
        await using ProgramProcess other = Run(services, "other", "--store", database);
        Uri[] urls = [await one.WaitForClientsAsync(), await other.WaitForClientsAsync()];
        Assert.Equal(202, await PostAsync(urls[0]));
        await services.IsCalledAsync("two");
        Assert.Equal(202, await PostAsync(urls[1]));

        one.Signal("TERM");
        await one.WaitAsync();
        gate.SetResult();
        await Until.TrueAsync(async () => await PostAsync(urls[1]) == 200, "the other instance has ended the saga");

        Assert.Equal(["one", "two", "three"], services.Done.Select(call => call.Step));
        Assert.Single(services.Calls.Select(call => call.Key.Split('/')[0]).Distinct());
    }

    // Stopped while a call is under way, taken for dead meanwhile, and continued: it believes that the saga is its own, its call is answered, and yet it neither saves nor calls.
    [Fact]
    public async Task InstanceThatIsTakenForDead_NeitherSavesNorCallsWhenItGoesOn_OnPostgreSql()
    {
        Assert.SkipWhen(PostgreSqlCluster.Programs is null && Environment.GetEnvironmentVariable("CI") != "true", PostgreSqlCluster.Missing);
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync();
        string database = await cluster.CreateDatabaseAsync();
        await using RecordingServices services = await RecordingServices.StartAsync();
        var gate = new TaskCompletionSource();
        int calls = 0;
        services.After = async (call, _) =>
        {
            if (call.Step == "two" && Interlocked.Increment(ref calls) == 1)
                await gate.Task;
            return true;
        };
        await using ProgramProcess zombie = Run(services, "one", "--store", database);
        Assert.Equal(202, await PostAsync(await zombie.WaitForClientsAsync()));
        await services.IsCalledAsync("two");
        zombie.Signal("STOP");
        await using ProgramProcess other = Run(services, "other", "--store", database);
        Uri url = await other.WaitForClientsAsync();
        await cluster.ExecuteInAsync(database, "UPDATE headgate_operation_workers SET lease_until = 0 WHERE instance = (SELECT worker FROM headgate_operations)");
        await Until.TrueAsync(async () => await PostAsync(url) == 200, "the other instance has ended the saga");

        zombie.Signal("CONT");
        gate.SetResult();

        // It finds out when it saves, or when it says that it lives: whichever comes first. Then it has nothing to wait for.
        await Until.TrueAsync(() => zombie.Error.Contains("is no longer this instance's", StringComparison.Ordinal) || zombie.Error.Contains("another has found it dead", StringComparison.Ordinal), "it knows that it was taken for dead");
        zombie.Signal("TERM");
        await zombie.WaitAsync();

        Assert.Equal(["one", "two", "two", "three"], services.Calls.Select(call => call.Step));
        string[] told = [];
        await Until.TrueAsync(async () => (told = await ReadLogAsync(url)) is [.., "operation.succeeded"], "all events of the saga can be read");
        Assert.Equal(["operation.started", "operation.progress_updated", "operation.resumed", "operation.progress_updated", "operation.succeeded"], told);
    }

    [Fact]
    public async Task Saga_OfAProcessThatIsKilled_IsOneTrace_AsACollectorReceivesIt()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync();
        await using RecordingServices services = await RecordingServices.StartAsync();
        TaskCompletionSource gate = HoldTwo(services);
        await using (ProgramProcess killed = Run(services, "data", collector))
        {
            Assert.Equal(202, await PostAsync(await killed.WaitForClientsAsync()));
            await services.IsCalledAsync("two");
            await Until.TrueAsync(() => collector.Spans.Any(span => span.Name == "order one") && collector.Spans.Any(span => span.Kind == CollectedSpan.Server), "the first spans are exported");
            killed.Signal("KILL");
            await killed.WaitAsync();
        }

        gate.SetResult();
        await using ProgramProcess next = Run(services, "data", collector);
        await next.WaitForClientsAsync();
        await Until.TrueAsync(() => collector.Spans.Any(span => span.Name == "order three"), "the last step's span is exported");

        CollectedSpan request = collector.Spans.Single(span => span.Kind == CollectedSpan.Server && span.Attributes.GetValueOrDefault("http.request.method") == "POST");
        CollectedSpan[] steps = [.. collector.Spans.Where(span => span.Attributes.ContainsKey("headgate.saga.step"))];
        Assert.Equal(["one", "two", "three"], steps.Select(span => span.Attributes["headgate.saga.step"]));
        Assert.All(steps, span => Assert.Equal((request.TraceId, request.SpanId, CollectedSpan.Client), (span.TraceId, span.ParentId, span.Kind)));
        Assert.Equal(steps.Length, steps.Select(span => span.SpanId).Distinct().Count());
        Assert.Single(steps.Select(span => span.Attributes["headgate.operation.id"]).Distinct());

        // A service sees the span of its own call: its spans hang there, before the restart and after it.
        Assert.All(steps, span => Assert.Contains(services.Calls, call => call.Headers["traceparent"] == $"00-{span.TraceId}-{span.SpanId}-01" && call.Step == span.Attributes["headgate.saga.step"]));
    }

    // The second step is carried out, and its first answer never comes.
    private static TaskCompletionSource HoldTwo(RecordingServices services)
    {
        var gate = new TaskCompletionSource();
        services.After = async (call, context) =>
        {
            if (call.Step != "two" || gate.Task.IsCompleted)
                return true;
            await gate.Task;
            context.Abort();
            return false;
        };
        return gate;
    }

    private ProgramProcess Run(RecordingServices services, string data, OtlpCollector collector) =>
        Run(services, data, new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url.ToString(), ["OTEL_BSP_SCHEDULE_DELAY"] = "100" });

    private ProgramProcess Run(RecordingServices services, string data, params string[] further) => Run(services, data, environment: null, further);

    private ProgramProcess Run(RecordingServices services, string data, Dictionary<string, string?>? environment, params string[] further)
    {
        _directory.Write("shop.yaml", Document);
        return ProgramProcess.Start(
            _directory.Path, environment,
            ["run", "shop.yaml", "--service", $"shop={services.Url}", "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0", "--data", data, .. further]);
    }

    private static async Task<string[]> ReadLogAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        using HttpResponseMessage answer = await PostAsync(client);
        using JsonDocument log = JsonDocument.Parse(await client.GetStringAsync($"{answer.Headers.GetValues("Operation-Location").Single()}/logs", TestContext.Current.CancellationToken));
        return [.. log.RootElement.GetProperty("logs").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()!)];
    }

    private static async Task<int> PostAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        using HttpResponseMessage response = await PostAsync(client);
        return (int)response.StatusCode;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "k");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
