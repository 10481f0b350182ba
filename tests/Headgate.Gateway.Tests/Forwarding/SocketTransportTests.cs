using System.Net.Http.Headers;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

public class SocketTransportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_ContentLengthAnswer_ArrivesWithStatusHeadersAndBody()
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync("HTTP/1.1 201 Created\r\nContent-Length: 5\r\nContent-Type: text/plain\r\nX-One: 1\r\nX-One: 2\r\nConnection: keep-alive, X-Hop\r\nX-Hop: h\r\n\r\nhello");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };

        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage response = await client.GetAsync("/a?b=c", Stop);

            Assert.Equal(201, (int)response.StatusCode);
            Assert.Equal("hello", await response.Content.ReadAsStringAsync(Stop));
            Assert.Equal(["1", "2"], response.Headers.GetValues("X-One"));
            Assert.False(response.Headers.Contains("X-Hop"));
        }

        Assert.Equal(1, upstream.Accepted);
    }

    [Fact]
    public async Task Post_SmallBody_ReachesUpstreamInOneMessage()
    {
        var seen = new TaskCompletionSource<string>();
        await using var upstream = new RawServer(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!;
            seen.TrySetResult(head + await connection.ReadExactlyAsync(11));
            await connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
            await connection.ReadHeadAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };
        using var body = new StringContent("{\"a\":\"b\"}\r\n", new MediaTypeHeaderValue("application/json"));

        using HttpResponseMessage response = await client.PostAsync("/orders", body, Stop);

        Assert.Equal(204, (int)response.StatusCode);
        string message = await seen.Task;
        Assert.StartsWith("POST /orders HTTP/1.1\r\nHost: 127.0.0.1:", message, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 11\r\n", message, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{\"a\":\"b\"}\r\n", message, StringComparison.Ordinal);
    }
}
