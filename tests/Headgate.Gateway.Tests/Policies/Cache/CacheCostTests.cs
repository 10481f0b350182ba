using System.Diagnostics;
using System.Text;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

[Collection("Allocation")]
public class CacheCostTests
{
    private const int Stretch = 3000;

    // The text of a new request id, and what Kestrel makes of a request; the same without a cache is some 300 more.
    private const int MostBytesPerWholeRequest = 160;

    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "1" }
        paths:
          /a:
            get: { operationId: listOrders, x-gateway-cache: 1h, responses: { "200": { description: ok } } }
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Hit_OfTheSameSecond_AllocatesNothing()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(("Cache-Control", "max-age=60"), ("ETag", "\"1\""), ("Vary", "Accept-Language")));
        await gateway.GetAsync("/a", ("Host", "shop.example"), ("Accept-Language", "en"));
        GatewayContext context = TestRequest.Ended(gateway.Gateway.Plan.Apis[0].Operations.Single(one => one.Id == "getA"), "/a", time: gateway.Time);
        context.Request.Headers.AcceptLanguage = "en";
        context.Response.Captured = new DiscardingWriter();
        GatewayPolicy policy = context.Operation!.RequestPolicies.Single(one => one.Name == "cache");

        Assert.Equal(0, Least(() => Serve(policy, context), () => gateway.Store.Count == 1));
    }

    [Fact]
    public async Task SteadyHit_ThroughTheWholeGateway_AllocatesLessThanItsBudget()
    {
        byte[] answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nX-A: b\r\n\r\n{\"ok\":true}");
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync(answer);
        });
        await using TestGateway gateway = await TestGateway.StartAsync(
            Document, new() { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } }, time: new ManualTime());
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);
        byte[] request = Encoding.ASCII.GetBytes("GET /a HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n");
        byte[] buffer = new byte[4096];
        long began = Stopwatch.GetTimestamp();
        long least = long.MaxValue;
        while (least > MostBytesPerWholeRequest && Stopwatch.GetElapsedTime(began) < s_patience)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Stretch; i++)
            {
                await client.Stream.WriteAsync(request, TestContext.Current.CancellationToken);
                int count = 0;
                while (!buffer.AsSpan(0, count).EndsWith("{\"ok\":true}"u8))
                    count += await client.Stream.ReadAsync(buffer.AsMemory(count), TestContext.Current.CancellationToken);
            }

            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Stretch);
        }

        Assert.InRange(least, 0, MostBytesPerWholeRequest);
        Assert.Equal(1, upstream.Accepted);
    }

    // The bound of the cache is on what it counts: what an answer takes beside that would be bounded by nothing, and every collection would have to go through it.
    [Fact]
    public async Task StoredAnswer_TakesNoMoreMemoryThanIsCounted()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(("Cache-Control", "max-age=60"), ("X-Some", "more"), ("ETag", "\"1\"")), memoryBytes: 64 << 20);
        await AskForAsync(gateway, 0, 500);
        long used = gateway.Store.Memory.Used;
        long before = GC.GetTotalMemory(forceFullCollection: true);

        await AskForAsync(gateway, 500, 4500);

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        long counted = gateway.Store.Memory.Used - used;
        Assert.Equal(4500, gateway.Store.Count);
        Assert.True(grown <= counted, $"An answer takes {grown / 4000} bytes, and {counted / 4000} are counted.");
    }

    private static async Task AskForAsync(CachedGateway gateway, int from, int to)
    {
        for (int i = from; i < to; i++)
            await gateway.GetAsync($"/a/{i}");
    }

    private static void Serve(GatewayPolicy policy, GatewayContext context)
    {
        ValueTask<PolicyVerdict> verdict = policy.OnRequestAsync(context);
        if (!verdict.IsCompletedSuccessfully || verdict.Result != PolicyVerdict.Answered || context.Response.Body is not { } body)
            throw new InvalidOperationException("It was no hit.");
        if (!IsDone(body.WriteAsync(context)) || !IsDone(body.DisposeAsync(context)))
            throw new InvalidOperationException("It did not complete at once.");
    }

    private static bool IsDone(ValueTask task) => task.IsCompletedSuccessfully;

    private static long Least(Action action, Func<bool> holds)
    {
        long began = Stopwatch.GetTimestamp();
        long least = long.MaxValue;
        while (least > 0 && Stopwatch.GetElapsedTime(began) < s_patience)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Stretch; i++)
                action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(holds());
        return least;
    }
}
