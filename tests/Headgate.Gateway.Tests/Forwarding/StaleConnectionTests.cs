using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

public class StaleConnectionTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IdleConnectionClosedByUpstream_IsDroppedBeforeItIsChosen()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(Answer);
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };

        for (int i = 1; i <= 3; i++)
        {
            // POST: it would not be repeated.
            using HttpResponseMessage response = await client.PostAsync("/", null, Stop);
            Assert.Equal(200, (int)response.StatusCode);
            await Condition.BecomesTrueAsync(() => host.Instance.Connections!.Count == 0);
            Assert.Equal(i, upstream.Accepted);
        }
    }

    [Theory]
    [InlineData("GET", 200, 2)]
    [InlineData("PUT", 200, 2)]
    [InlineData("POST", 502, 1)]
    public async Task ReusedConnectionClosedOnTheRequest_IsRepeatedOnlyWhenIdempotent(string method, int status, int requests)
    {
        int seen = 0;
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            if (connection.Number > 1)
                Interlocked.Increment(ref seen);
            await connection.SendAsync(Answer);
            if (connection.Number > 1)
                return;

            // The first connection takes a second request and closes without a word.
            await connection.ReadHeadAsync();
            Interlocked.Increment(ref seen);
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };
        await client.GetStringAsync("/", Stop);

        using var request = new HttpRequestMessage(new HttpMethod(method), "/") { Content = method == "GET" ? null : new StringContent("body") };
        using HttpResponseMessage response = await client.SendAsync(request, Stop);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(requests, Volatile.Read(ref seen));
    }

    [Fact]
    public async Task EveryConnectionClosesOnTheRequest_IsTriedTwiceAtMost()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            if (connection.Number > 1)
                return;
            await connection.SendAsync(Answer);
            await connection.ReadHeadAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };
        await client.GetStringAsync("/", Stop);

        using HttpResponseMessage response = await client.GetAsync("/", Stop);

        Assert.Equal(ErrorCatalogue.UpstreamConnectionClosed.Name, await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(2, upstream.Accepted);
    }

    [Fact]
    public async Task AnswerWithBytesBehindIt_ConnectionIsNotReused()
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync(Answer + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };

        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
        Assert.Equal(2, upstream.Accepted);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")]
    public async Task AnswerThatEndsTheConnection_IsNotReused(string answer)
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync(answer);
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };

        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
        Assert.Equal(2, upstream.Accepted);
    }

    [Theory]
    [InlineData("", 61, 0)]
    [InlineData("", 59, 1)]
    [InlineData("Keep-Alive: timeout=5\r\n", 4, 0)]
    [InlineData("Keep-Alive: timeout=5\r\n", 3, 1)]
    public async Task IdleConnection_IsClosedAfterItsLifetime(string field, int seconds, int left)
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync($"HTTP/1.1 200 OK\r\n{field}Content-Length: 2\r\n\r\nok");
        });
        var time = new SteppedTime();
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, time));
        using var client = new HttpClient { BaseAddress = host.Url };
        await client.GetStringAsync("/", Stop);
        await Condition.BecomesTrueAsync(() => host.Instance.Connections!.IdleCount == 1);

        time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(left, host.Instance.Connections!.IdleCount);
    }

    [Fact]
    public async Task RetiredInstance_ClosesItsIdleConnections()
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync(Answer);
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };
        await client.GetStringAsync("/", Stop);

        host.Instance.Retire();

        await Condition.BecomesTrueAsync(() => upstream.Open == 0);
    }
}
