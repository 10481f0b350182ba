using System.Net;
using System.Net.Sockets;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Gateway.Tests.Forwarding;

public class ResponseBodyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ChunkedAnswer_Http11Client_IsChunkedWithTrailers(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nX-Sum: 7\r\nContent-Length: 9\r\n\r\n");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        for (int i = 0; i < 2; i++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            string head = (await client.ReadHeadAsync())!;
            string body = (await client.ReadUntilAsync("\r\n\r\n"))!;

            Assert.Contains("Transfer-Encoding: chunked\r\n", head, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("abcdefg", ChunkedText.Decode(body, out string trailers));
            Assert.Equal("X-Sum: 7\r\n", trailers);
        }

        Assert.Equal(1, upstream.Accepted);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ChunkedAnswer_Http2Client_HasNativeTrailers(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, protocols: HttpProtocols.Http2, transport: Transports.Make(transport));
        using var client = new HttpClient { BaseAddress = host.Url, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using HttpResponseMessage response = await client.GetAsync("/", Stop);

        Assert.Equal("abc", await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(["7"], response.TrailingHeaders.GetValues("X-Sum"));
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task AnswerUntilClose_EndsWithClose_IsComplete(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nto the end");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using var client = new HttpClient { BaseAddress = host.Url };

        Assert.Equal("to the end", await client.GetStringAsync("/", Stop));
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", 200, 10)]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, -1)]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", 204, -1)]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n", 304, 10)]
    [InlineData("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, 0)]
    public async Task AnswerWithoutBody_IsPassedOn_AndTheConnectionIsReused(string method, string answer, int status, int length)
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync(answer);
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        for (int i = 0; i < 2; i++)
        {
            await client.SendAsync($"{method} / HTTP/1.1\r\nHost: a\r\n\r\n");
            string head = (await client.ReadHeadAsync())!;

            Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
            Assert.Equal(length >= 0, head.Contains($"Content-Length: {length}\r\n", StringComparison.OrdinalIgnoreCase));
        }

        Assert.Equal(1, upstream.Accepted);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task EventStream_EachEvent_ArrivesBeforeTheNextIsSent(string transport)
    {
        var received = new SemaphoreSlim(0);
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 5; i++)
            {
                await received.WaitAsync(Stop);
                await connection.SendAsync("9\r\ndata: x\n\n\r\n");
            }

            await connection.SendAsync("0\r\n\r\n");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        // The head comes before there is any event.
        Assert.Contains("text/event-stream", await client.ReadHeadAsync(), StringComparison.Ordinal);
        for (int i = 0; i < 5; i++)
        {
            received.Release();
            Assert.Equal("9\r\ndata: x\n\n\r\n", await client.ReadUntilAsync("\n\n\r\n"));
        }

        Assert.Equal("0\r\n\r\n", await client.ReadUntilAsync("\r\n\r\n"));
    }

    [Theory]
    [InlineData(Transports.Socket, true)]
    [InlineData(Transports.Socket, false)]
    [InlineData(Transports.Framework, true)]
    public async Task LargeAnswer_ToASlowClient_IsNeverHeldInMemory(string transport, bool withLength)
    {
        const long size = 256 << 20;

        // Counts what the operating system holds in the buffers of four sockets, too.
        const long mostInFlight = 64 << 20;
        long sent = 0;
        await using var upstream = new RawServer(async connection =>
        {
            connection.Socket.SendBufferSize = 64 * 1024;
            await connection.ReadHeadAsync();
            byte[] block = new byte[256 * 1024];
            await connection.SendAsync(withLength ? $"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n" : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (long done = 0; done < size; done += block.Length)
            {
                if (!withLength)
                    await connection.SendAsync($"{block.Length:x}\r\n");
                await connection.SendAsync(block);
                if (!withLength)
                    await connection.SendAsync("\r\n");
                Volatile.Write(ref sent, done + block.Length);
            }

            if (!withLength)
                await connection.SendAsync("0\r\n\r\n");
            await connection.ReadHeadAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectWithSmallBufferAsync }) { BaseAddress = host.Url };

        await using Stream body = await client.GetStreamAsync("/", Stop);
        byte[] buffer = new byte[32 * 1024];
        long received = 0;
        long inFlight = 0;
        while (await body.ReadAsync(buffer, Stop) is > 0 and var count)
        {
            received += count;
            inFlight = Math.Max(inFlight, Volatile.Read(ref sent) - received);
        }

        Assert.Equal(size, received);
        Assert.InRange(inFlight, 1, mostInFlight);
    }

    // What the operating system buffers is not Headgate's: the test keeps it small on its own sockets.
    private static async ValueTask<Stream> ConnectWithSmallBufferAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 * 1024 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
