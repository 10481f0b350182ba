using System.Diagnostics;
using System.Text;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

[Collection("Allocation")]
[CollectionDefinition("Allocation", DisableParallelization = true)]
public class AllocationTests
{
    // The state of a request that waits for its upstream (Kestrel wants a Task) and of its handler, and the text of a new request id.
    private const int MostBytesPerWholeRequest = 480;

    // Beside that of the whole: the state of three parts that wait for their services, and the values of the header fields of their answers.
    private const int MostBytesPerAggregate = 1_100;

    private const string Aggregate = """
        openapi: 3.1.0
        info: { title: Orders, version: "1" }
        paths:
          /a:
            get:
              operationId: getAll
              x-gateway-aggregate:
                - { service: upstream, path: /1, field: one }
                - { service: upstream, path: /2, field: two, optional: true, select: /ok }
                - { service: upstream, path: /3, field: three, dependsOn: one }
              responses: { "200": { description: ok } }
        """;

    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "1" }
        paths:
          /a:
            get: { operationId: listOrders, responses: { "200": { description: ok } } }
        """;

    private const string Limits = """
        x-gateway-config:
          limits: { concurrency: [{ by: user, limit: 100 }] }
          rateLimit:
            limits:
              - { name: per-user, by: user, limit: 1000000000, window: 1m }
              - { name: per-address, by: ip, limit: 1000000000, window: 1m }
              - { name: everybody, by: global, limit: 1000000000, window: 1m }
        """;

    private const string Guards = """
        x-gateway-config:
          retry: 3
          services: { upstream: { bulkhead: 100, circuitBreaker: { failures: 3 } } }
        x-gateway-backend: { timeout: { perTry: 1s }, fallback: { status: 200 } }
        """;

    private const int Stretch = 3000;

    // The whole exchange: both test sockets, Kestrel, the test's own application and the header rules; the transport itself has no share in the steady state.
    private const int MostBytesPerRequest = 300;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task SteadyGet_AllocatesLessThanItsBudget()
    {
        byte[] answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nX-A: b\r\n\r\n{\"ok\":true}");
        await using var upstream = new RawServer(connection => RespondAsync(connection, answer));
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);
        byte[] request = Encoding.ASCII.GetBytes("GET /a HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n");
        byte[] buffer = new byte[4096];

        Assert.InRange(await SteadyBytesAsync(client, request, buffer, MostBytesPerRequest), 0, MostBytesPerRequest);
    }

    [Fact]
    public Task SteadyGet_ThroughTheWholeGateway_AllocatesLessThanItsBudget() => StaysInTheBudgetOfTheWholeAsync(Document);

    [Fact]
    public Task SteadyGet_UnderThreeLimits_AllocatesNoMoreThanWithout() => StaysInTheBudgetOfTheWholeAsync(Document + "\n" + Limits);

    [Fact]
    public Task SteadyGet_WithEveryGuardOfCalls_AllocatesNoMoreThanWithout() => StaysInTheBudgetOfTheWholeAsync(Document + "\n" + Guards, instances: 3);

    [Fact]
    public Task SteadyAggregate_AllocatesLessThanItsBudget() => StaysInTheBudgetOfTheWholeAsync(Aggregate, budget: MostBytesPerAggregate, end: "{\"ok\":true}}");

    private static async Task StaysInTheBudgetOfTheWholeAsync(string document, int instances = 1, int budget = MostBytesPerWholeRequest, string end = "{\"ok\":true}")
    {
        byte[] answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nX-A: b\r\n\r\n{\"ok\":true}");
        await using var upstream = new RawServer(connection => RespondAsync(connection, answer));
        await using TestGateway gateway = await TestGateway.StartAsync(
            document, new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [.. Enumerable.Repeat(upstream.Url, instances)] } });
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);
        byte[] request = Encoding.ASCII.GetBytes("GET /a HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n");
        byte[] buffer = new byte[4096];

        Assert.InRange(await SteadyBytesAsync(client, request, buffer, budget, end), 0, budget);
    }

    // The steady state begins when the last method on the way is compiled for good, which no number of requests tells: what counts is the best stretch.
    private static async Task<long> SteadyBytesAsync(RawConnection client, byte[] request, byte[] buffer, long wanted, string end = "{\"ok\":true}")
    {
        long began = Stopwatch.GetTimestamp();
        long least = long.MaxValue;
        while (least > wanted && Stopwatch.GetElapsedTime(began) < s_patience)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await AskAsync(client, request, buffer, Stretch, Encoding.ASCII.GetBytes(end));
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Stretch);
        }

        return least;
    }

    private static async Task AskAsync(RawConnection client, byte[] request, byte[] buffer, int times, byte[] end)
    {
        for (int i = 0; i < times; i++)
        {
            await client.Stream.WriteAsync(request);
            int count = 0;
            while (!buffer.AsSpan(0, count).EndsWith(end))
                count += await client.Stream.ReadAsync(buffer.AsMemory(count));
        }
    }

    private static async Task RespondAsync(RawConnection connection, byte[] answer)
    {
        byte[] buffer = new byte[4096];
        while (await connection.Stream.ReadAsync(buffer) > 0)
            await connection.Stream.WriteAsync(answer);
    }
}
