using Headgate.Server.Tests.Support;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.Idempotency;

/// <summary>Keys are the store's: they outlive a process, and several processes have them together.</summary>
public sealed class IdempotencyStoreTests : IDisposable
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        paths:
          /orders:
            post: { operationId: createOrder, x-gateway-idempotency: { required: true }, responses: { "201": { description: created } } }
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Answer_IsThereAfterARestart()
    {
        await using CountingService service = await CountingService.StartAsync();
        _directory.Write("shop.yaml", Document);
        await using (ProgramProcess before = Run(service))
            await PostAsync(await before.WaitForClientsAsync());

        await using ProgramProcess after = Run(service);
        ShownAnswer again = await PostAsync(await after.WaitForClientsAsync());

        Assert.Equal(new ShownAnswer(201, """{"order":1}""", true, "/orders/1"), again);
    }

    [Fact]
    public async Task TwoProcessesOnPostgreSql_CarryOutFiftyEqualRequestsOnce()
    {
        Assert.SkipWhen(PostgreSqlCluster.Programs is null && Environment.GetEnvironmentVariable("CI") != "true", PostgreSqlCluster.Missing);
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync();
        string database = await cluster.CreateDatabaseAsync();
        await using CountingService service = await CountingService.StartAsync();
        service.Gate = new TaskCompletionSource();
        _directory.Write("shop.yaml", Document);
        await using ProgramProcess one = Run(service, "one", "--store", database);
        await using ProgramProcess other = Run(service, "other", "--store", database);
        Uri[] urls = [await one.WaitForClientsAsync(), await other.WaitForClientsAsync()];

        Task<ShownAnswer>[] all = [.. Enumerable.Range(0, 50).Select(i => PostAsync(urls[i % 2]))];
        await Until.TrueAsync(() => all.Count(request => request.IsCompleted) == 49, "all but one are answered");
        service.Gate.SetResult();
        ShownAnswer[] answers = await Task.WhenAll(all);
        ShownAnswer[] later = await Task.WhenAll(urls.Select(PostAsync));

        Assert.Equal(1, service.Calls);
        Assert.Equal(49, answers.Count(answer => answer.Status == 409));
        Assert.All(later, answer => Assert.Equal(new ShownAnswer(201, """{"order":1}""", true, "/orders/1"), answer));

        await cluster.PauseAsync();
        using var client = new HttpClient { BaseAddress = urls[0] };
        ShownAnswer without = await IdempotentGateway.PostAsync(client, "/orders", "another", "{}");
        Assert.Equal((503, 1), (without.Status, service.Calls));
    }

    private ProgramProcess Run(CountingService service, string data = "data", params string[] further) => ProgramProcess.Start(
        _directory.Path, null,
        ["run", "shop.yaml", "--upstream", service.Url.ToString(), "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0", "--data", data, .. further]);

    private static async Task<ShownAnswer> PostAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        return await IdempotentGateway.PostAsync(client, "/orders", "k", "{}");
    }
}
