using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Sockets;

/// <summary>What a client sees of the connections that the event loops serve.</summary>
public sealed class ClientConnectionTests
{
    private const int BodyBytes = 8 * 1024 * 1024;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refusal_OfABodyThatIsStillBeingSent_ReachesTheClient(bool chunked)
    {
        await using var upstream = new RawServer(async connection => await connection.ReadToEndAsync());
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream.Url));
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);

        string framing = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {BodyBytes}";
        await client.SendAsync($"POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n{framing}\r\n\r\n");
        await SendBodyAsync(client, chunked);
        (string text, bool orderly) = await client.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 413 ", text, StringComparison.Ordinal);
        Assert.True(orderly, "The connection was reset instead of closed.");
    }

    [Fact]
    public async Task PipelinedRequests_AreAnsweredInTheirOrder()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream.Url));
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);

        await client.SendAsync(string.Concat(Enumerable.Range(0, 50).Select(i => $"GET /missing/{i} HTTP/1.1\r\nHost: a\r\nX-Request-ID: n{i}\r\n\r\n")));
        for (int i = 0; i < 50; i++)
        {
            string head = (await client.ReadHeadAsync())!;
            Assert.Contains($"X-Request-ID: n{i}\r\n", head, StringComparison.Ordinal);
            int length = int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
            await client.ReadExactlyAsync(length);
        }
    }

    [Fact]
    public async Task RequestInSingleBytes_IsAnswered()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream.Url));
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);
        client.Socket.NoDelay = true;

        foreach (char letter in "GET /missing HTTP/1.1\r\nHost: a\r\n\r\n")
            await client.SendAsync(letter.ToString());

        Assert.StartsWith("HTTP/1.1 404 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    private static async Task SendBodyAsync(RawConnection client, bool chunked)
    {
        byte[] piece = [.. chunked ? "10000\r\n"u8 : [], .. new byte[0x10000], .. chunked ? "\r\n"u8 : []];
        for (int sent = 0; sent < BodyBytes; sent += 0x10000)
            await client.SendAsync(piece);
        if (chunked)
            await client.SendAsync("0\r\n\r\n");
    }

    private static string Document(Uri upstream) => $$"""
        openapi: 3.1.0
        info: { title: t, version: "1" }
        x-gateway-config:
          services: { up: { url: "{{upstream}}" } }
          limits: { requestBody: 1KiB }
        paths:
          /upload:
            post:
              x-gateway-backend: { service: up }
              requestBody: { content: { text/plain: {} } }
              responses: { "200": { description: ok } }
        """;
}
