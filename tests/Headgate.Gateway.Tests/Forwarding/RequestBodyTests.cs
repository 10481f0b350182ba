using System.Net;
using System.Security.Cryptography;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Gateway.Tests.Forwarding;

public class RequestBodyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transports.Socket, true)]
    [InlineData(Transports.Socket, false)]
    [InlineData(Transports.Framework, true)]
    [InlineData(Transports.Framework, false)]
    public async Task LargeBody_BothWays_ArrivesUnchanged(string transport, bool withLength)
    {
        await using BodyEchoServer upstream = await BodyEchoServer.StartAsync();
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using var client = new HttpClient { BaseAddress = host.Url };
        byte[] sent = RandomNumberGenerator.GetBytes(20 << 20);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo") { Content = new ByteArrayContent(sent) };
        request.Headers.TransferEncodingChunked = !withLength;

        using HttpResponseMessage response = await client.SendAsync(request, Stop);

        byte[] received = await response.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received));
        Assert.Equal(SHA256.HashData(sent), Convert.FromHexString(response.TrailingHeaders.GetValues("X-Sha256").Single()));
    }

    [Fact]
    public async Task ManyStreamsAtOnce_EachArrivesUnchanged()
    {
        await using BodyEchoServer upstream = await BodyEchoServer.StartAsync();
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };

        await Parallel.ForEachAsync(Enumerable.Range(0, 64), new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Stop }, async (_, stop) =>
        {
            byte[] sent = RandomNumberGenerator.GetBytes(2 << 20);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/echo") { Content = new ByteArrayContent(sent) };
            request.Headers.TransferEncodingChunked = true;
            using HttpResponseMessage response = await client.SendAsync(request, stop);
            Assert.Equal(SHA256.HashData(sent), SHA256.HashData(await response.Content.ReadAsByteArrayAsync(stop)));
        });
    }

    [Fact]
    public async Task ChunkedBody_WithTrailers_ReachesUpstreamWithThem()
    {
        var seen = new TaskCompletionSource<string>();
        await using var upstream = new RawServer(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!;
            seen.TrySetResult(head + await connection.ReadUntilAsync("\r\n\r\n"));
            await connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 3\r\nContent-Length: 7\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 204", await client.ReadHeadAsync(), StringComparison.Ordinal);
        string message = await seen.Task;
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", message, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 3\r\n\r\n", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ExpectContinue_UpstreamAgrees_BodyIsSent(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!;
            Assert.Contains("Expect: 100-continue\r\n", head, StringComparison.Ordinal);
            await connection.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
            string body = await connection.ReadExactlyAsync(5);
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{body}");
            await connection.ReadHeadAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");

        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await client.ReadHeadAsync());
        await client.SendAsync("hello");
        Assert.StartsWith("HTTP/1.1 200 OK", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("hello", await client.ReadExactlyAsync(5));
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ExpectContinue_UpstreamRefuses_ClientIsNeverAskedForTheBody(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 403", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EarlyAnswer_WhileTheBodyStillStreams_ReachesTheClientAtOnce()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
            await connection.ReadToEndAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\nbegin");

        Assert.StartsWith("HTTP/1.1 413", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("big", await client.ReadExactlyAsync(3));
        await Condition.BecomesTrueAsync(() => host.Instance.Connections!.Count == 0);
    }

    [Fact]
    public async Task FullDuplex_AnswerStreamsWhileTheRequestStreams()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 3; i++)
            {
                string chunk = (await connection.ReadUntilAsync("x\r\n"))!;
                await connection.SendAsync(chunk);
            }

            await connection.ReadUntilAsync("0\r\n\r\n");
            await connection.SendAsync("0\r\n\r\n");
            await connection.ReadHeadAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", await client.ReadHeadAsync(), StringComparison.Ordinal);
        for (int i = 0; i < 3; i++)
        {
            await client.SendAsync("2\r\nax\r\n");
            Assert.Equal("2\r\nax\r\n", await client.ReadUntilAsync("x\r\n"));
        }

        await client.SendAsync("0\r\n\r\n");
        Assert.Equal("0\r\n\r\n", await client.ReadUntilAsync("0\r\n\r\n"));
        await Condition.BecomesTrueAsync(() => host.Instance.Connections!.IdleCount == 1);
    }

    [Theory]
    [InlineData(Transports.Socket, "zz\r\n")]
    [InlineData(Transports.Socket, "3\r\nabcdef")]
    [InlineData(Transports.Framework, "zz\r\n")]
    public async Task MalformedClientBody_UpstreamNeverSeesACompleteRequest(string transport, string rest)
    {
        var seen = new TaskCompletionSource<string>();
        await using var upstream = new RawServer(async connection => seen.TrySetResult((await connection.ReadToEndAsync()).Text));
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n" + rest);

        Assert.StartsWith("HTTP/1.1 400", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n0\r\n", await seen.Task, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http2Client_BodyWithoutLength_ReachesUpstreamChunked()
    {
        await using BodyEchoServer upstream = await BodyEchoServer.StartAsync();
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, protocols: HttpProtocols.Http2);
        using var client = new HttpClient { BaseAddress = host.Url };
        using var content = new StreamContent(new MemoryStream(new byte[300_000]));
        content.Headers.ContentLength = null;
        using var request = new HttpRequestMessage(HttpMethod.Put, "/echo") { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using HttpResponseMessage response = await client.SendAsync(request, Stop);

        Assert.Equal(300_000, (await response.Content.ReadAsByteArrayAsync(Stop)).Length);
    }
}
