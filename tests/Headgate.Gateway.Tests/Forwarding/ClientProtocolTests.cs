using System.Net;
using System.Net.WebSockets;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>What a client's version of HTTP changes about how its request is read and routed, through a whole gateway.</summary>
public class ClientProtocolTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Chat, version: "1" }
        paths:
          /rooms/{room}:
            parameters: [{ name: room, in: path, required: true, schema: { type: string } }]
            get: { operationId: join, responses: { "101": { description: joined } } }
            post: { operationId: say, responses: { "200": { description: ok } } }
          /messages:
            post: { operationId: send, responses: { "200": { description: ok } } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.0", "chunked", 400)]
    [InlineData("1.0", "Chunked", 400)]
    [InlineData("1.0", "gzip, chunked", 400)]
    [InlineData("1.1", "chunked", 200)]
    public async Task TransferEncoding_OfAnHttp10Client_IsRefusedAndTheConnectionCloses(string version, string coding, int status)
    {
        int seen = 0;
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadUntilAsync("0\r\n\r\n");
            Interlocked.Increment(ref seen);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        await using TestGateway gateway = await StartAsync(upstream.Url, HttpProtocols.Http1);
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);

        await client.SendAsync($"POST /messages HTTP/{version}\r\nHost: a\r\nConnection: keep-alive\r\nTransfer-Encoding: {coding}\r\n\r\n2\r\nhi\r\n0\r\n\r\n");
        string? head = await client.ReadHeadAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Equal(status == 200 ? 1 : 0, Volatile.Read(ref seen));
        if (status != 200)
            await client.ReadToEndAsync();
    }

    [Fact]
    public async Task ExtendedConnect_IsRoutedAsTheGetThatItStandsFor()
    {
        string? head = null;
        await using var upstream = new RawServer(async connection =>
        {
            head = await connection.ReadHeadAsync();

            // Behind the handshake (RFC 6455) one frame with the text "ok"; no accept key, which HTTP/2 has no use for.
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x02ok");
            await connection.ReadToEndAsync();
        });
        await using TestGateway gateway = await StartAsync(upstream.Url, HttpProtocols.Http2);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());

        using ClientWebSocket client = Http2Client();
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Url.Port}/rooms/7"), invoker, Stop);
        byte[] buffer = new byte[64];
        ValueWebSocketReceiveResult message = await client.ReceiveAsync(buffer.AsMemory(), Stop);
        Assert.True(buffer.AsSpan(0, message.Count).SequenceEqual("ok"u8));
        Assert.StartsWith("GET /rooms/7 HTTP/1.1\r\n", head, StringComparison.Ordinal);
        client.Abort();

        // A path without GET is not opened by it.
        using ClientWebSocket other = Http2Client();
        await Assert.ThrowsAsync<WebSocketException>(() => other.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Url.Port}/messages"), invoker, Stop));
        Assert.Equal(1, upstream.Accepted);
    }

    private static ClientWebSocket Http2Client()
    {
        var client = new ClientWebSocket();
        client.Options.HttpVersion = HttpVersion.Version20;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return client;
    }

    private static Task<TestGateway> StartAsync(Uri upstream, HttpProtocols protocols) => TestGateway.StartAsync(
        Document, new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream] } }, protocols: protocols);
}
