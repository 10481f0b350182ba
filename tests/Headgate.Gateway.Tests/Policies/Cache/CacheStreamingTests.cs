using System.Net;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Tests.Forwarding;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary>Bodies are given while they come, and what is kept is whole.</summary>
public class CacheStreamingTests
{
    private const int Large = 3 << 20;
    private const string Plain = "{ openapi: 3.1.0, info: { title: t, version: v }, x-gateway-config: { cache: true }, paths: { /a: { get: { operationId: a, responses: { '200': { description: ok } } } } } }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FirstBytes_LeaveBeforeTheLastHaveCome_AndAllIsStored(bool declaresLength)
    {
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CachedGateway gateway = await CachedGateway.StartAsync(context => InTwoPartsAsync(context, declaresLength ? 8 : null, rest.Task));

        using HttpResponseMessage first = await gateway.SendAsync("GET /a");
        await using Stream body = await first.Content.ReadAsStreamAsync(Token);
        byte[] begun = new byte[4];
        await body.ReadExactlyAsync(begun, Token);

        // Who comes now reads along.
        using HttpResponseMessage second = await gateway.SendAsync("GET /a");
        rest.SetResult();
        using var reader = new StreamReader(body);

        Assert.Equal("half", System.Text.Encoding.ASCII.GetString(begun));
        Assert.Equal("rest", await reader.ReadToEndAsync(Token));
        Assert.Equal("halfrest", await second.Content.ReadAsStringAsync(Token));
        Assert.Equal("halfrest", await gateway.GetAsync("/a"));
        Assert.Equal(1, gateway.Calls);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 100\r\n\r\npart")]
    [InlineData("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n")]
    public async Task BodyThatBreaksOff_IsNeverStored_NorGivenAsAWhole(string answer)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(answer);
        });
        await using TestGateway gateway = await TestGateway.StartAsync(
            Plain,
            new() { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } });

        for (int i = 0; i < 2; i++)
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                string got = await gateway.Client.GetStringAsync("/a", Token);
                Assert.Fail($"'{got}' looks whole.");
            });
        Assert.Equal(2, upstream.Accepted);
        Assert.Equal(0, gateway.States.Of<CacheStore>().Single().Count);
        await Condition.BecomesTrueAsync(() => gateway.States.Of<CacheStore>().Single().Memory.Used == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BodyBeyondTheBound_GoesThroughWhole_AndIsNotStored(bool declaresLength)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(context => LargeAsync(context, declaresLength), "{ maxSize: 1MiB }");

        Assert.Equal(Large, (await gateway.GetAsync("/a")).Length);
        Assert.Equal(Large, (await gateway.GetAsync("/a")).Length);
        Assert.Equal(2, gateway.Calls);
        Assert.Equal(0, gateway.Store.Count);
        await Condition.BecomesTrueAsync(() => gateway.Store.Memory.Used == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(CacheMemory.SmallestSegment)]
    [InlineData(4096)]
    [InlineData(CacheMemory.LargestSegment)]
    [InlineData((2 * CacheMemory.LargestSegment) + 1)]
    public async Task AnswerThatIsNotStored_AndCameAtOnce_IsWhole(int length)
    {
        string body = new('x', length);
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: {length}\r\n\r\n{body}");
        });
        await using TestGateway gateway = await TestGateway.StartAsync(Plain, new() { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } });

        for (int i = 0; i < 20; i++)
            Assert.Equal(body, await gateway.Client.GetStringAsync("/a", Token));
        await Condition.BecomesTrueAsync(() => gateway.States.Of<CacheStore>().Single().Memory.Used == 0);
    }

    [Fact]
    public async Task LargeBody_FromMemory_IsTheSame()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(context => LargeAsync(context, declaresLength: false), memoryBytes: 64 << 20);

        string first = await gateway.GetAsync("/a");
        Assert.Equal(first, await gateway.GetAsync("/a"));
        Assert.Equal(1, gateway.Calls);
        using HttpResponseMessage range = await gateway.SendAsync("GET /a", ("Range", "bytes=1000000-2000000"));
        Assert.Equal(first[1_000_000..2_000_001], await range.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task SlowReader_DoesNotHoldUpOthers_OfTheSameAnswer()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(context => LargeAsync(context, declaresLength: true), memoryBytes: 64 << 20);

        // Reads the head and nothing more.
        using HttpResponseMessage slow = await gateway.SendAsync("GET /a");

        Assert.Equal(Large, (await gateway.GetAsync("/a")).Length);
        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task AnswerThatIsNotStored_WaitsForItsReader_InBoundedMemory()
    {
        long sent = 0;
        await using CachedGateway gateway = await CachedGateway.StartAsync(async context =>
        {
            byte[] block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested && sent < 512 << 20)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                Interlocked.Add(ref sent, block.Length);
            }
        });

        using (await gateway.SendAsync("GET /a"))
        {
            long used = 0;
            await Condition.BecomesTrueAsync(() => (used = gateway.Store.Memory.Used) >= StoredBody.WindowBytes);
            Assert.InRange(used, StoredBody.WindowBytes, 2 * StoredBody.WindowBytes);
        }

        // The client is gone: so are the upstream's call and the memory.
        await Condition.BecomesTrueAsync(() => gateway.Store.Memory.Used == 0);
    }

    [Fact]
    public async Task EventStream_ThatIsNotStored_ReachesTheClientEventByEvent()
    {
        var next = new SemaphoreSlim(0);
        await using CachedGateway gateway = await CachedGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            for (int i = 0; i < 3; i++)
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"data: {i}\n\n");
                await context.Response.Body.FlushAsync();
            }
        });

        using HttpResponseMessage response = await gateway.SendAsync("GET /a");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        for (int i = 0; i < 3; i++)
        {
            next.Release();
            Assert.Equal($"data: {i}", await reader.ReadLineAsync(Token));
            await reader.ReadLineAsync(Token);
        }
    }

    [Fact]
    public async Task EarlyHints_OfAMiss_ReachTheClientThatWaits_AndTheAnswerIsStored()
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 1\r\n\r\nx");
        });
        await using TestGateway gateway = await TestGateway.StartAsync(Plain, new() { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } });
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);

        await client.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 103", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Contains("fwd=uri-miss; stored", await client.ReadHeadAsync(), StringComparison.Ordinal);
        await client.ReadExactlyAsync(1);
        await client.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Contains("headgate; hit", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    private static async Task InTwoPartsAsync(HttpContext context, long? length, Task rest)
    {
        context.Response.Headers.CacheControl = "max-age=60";
        context.Response.ContentLength = length;
        await context.Response.WriteAsync("half");
        await context.Response.Body.FlushAsync();
        await rest;
        await context.Response.WriteAsync("rest");
    }

    private static async Task LargeAsync(HttpContext context, bool declaresLength)
    {
        context.Response.Headers.CacheControl = "max-age=60";
        context.Response.ContentLength = declaresLength ? Large : null;
        byte[] block = new byte[Large / 64];
        for (int i = 0; i < 64; i++)
        {
            block.AsSpan().Fill((byte)('A' + (i % 26)));
            await context.Response.Body.WriteAsync(block);
        }
    }
}
