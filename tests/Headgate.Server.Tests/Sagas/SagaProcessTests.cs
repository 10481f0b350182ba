using System.Text;
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

    private ProgramProcess Run(RecordingServices services, string data, params string[] further)
    {
        _directory.Write("shop.yaml", Document);
        return ProgramProcess.Start(
            _directory.Path, null,
            ["run", "shop.yaml", "--service", $"shop={services.Url}", "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0", "--data", data, .. further]);
    }

    private static async Task<int> PostAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "k");
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
