using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>RFC 9110 §15.2: what comes before the response is passed on.</summary>
public sealed class InterimResponseTests
{
    private const string Final = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task EarlyHints_ReachTheClientBeforeTheAnswerIsThere()
    {
        var mayAnswer = new TaskCompletionSource();
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
            {
                await connection.SendAsync("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\n");
                await mayAnswer.Task;
                await connection.SendAsync($"HTTP/1.1 102 Processing\r\n\r\n{Final}");
            }
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        string? hints = await client.ReadHeadAsync();
        mayAnswer.TrySetResult();

        Assert.Equal("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n", hints);
        await AssertRestAsync(client);
        for (int i = 0; i < 2; i++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal(hints, await client.ReadHeadAsync());
            await AssertRestAsync(client);
        }

        Assert.Equal(1, upstream.Accepted);
    }

    [Theory]
    [InlineData("GET / HTTP/1.0\r\nHost: a\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx")]
    public async Task EarlyHints_WhereTheClientCannotHaveThem_AreLeftOut(string request)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync($"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n{Final}");
            await connection.ReadToEndAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync(request);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertRestAsync(RawConnection client)
    {
        Assert.Equal("HTTP/1.1 102 Processing\r\n\r\n", await client.ReadHeadAsync());
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("ok", await client.ReadExactlyAsync(2));
    }
}
