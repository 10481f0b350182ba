using System.Net;
using System.Net.WebSockets;
using System.Text;
using Headgate.Gateway.Forwarding;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Headgate.Gateway.Tests.Forwarding;

public class UpgradeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transports.Socket, HttpProtocols.Http1)]
    [InlineData(Transports.Socket, HttpProtocols.Http2)]
    [InlineData(Transports.Framework, HttpProtocols.Http1)]
    [InlineData(Transports.Framework, HttpProtocols.Http2)]
    public async Task WebSocket_MessagesPassBothWays_AndTheCloseHandshake(string transport, HttpProtocols protocols)
    {
        await using WebApplication upstream = await StartWebSocketEchoAsync();
        await using ForwardingHost host = await ForwardingHost.StartAsync(UrlOf(upstream), protocols: protocols, transport: Transports.Make(transport));
        using var client = new ClientWebSocket();
        client.Options.HttpVersion = protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());

        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Url.Port}/"), invoker, Stop);
        byte[] buffer = new byte[200_000];
        foreach (int size in new[] { 5, 70_000, 199_000 })
        {
            byte[] message = Encoding.ASCII.GetBytes(new string('x', size));
            await client.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, Stop);
            Assert.Equal(size, await ReceiveMessageAsync(client, buffer));
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Stop);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task AnyProtocol_IsTunnelled_WithTheBytesBehindThe101(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!;
            Assert.Contains("\r\nUpgrade: chat/2\r\n", head, StringComparison.Ordinal);
            Assert.Contains("\r\nConnection: Upgrade\r\n", head, StringComparison.Ordinal);
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat/2\r\n\r\nwelcome\n");
            while (await connection.ReadUntilAsync("\n") is { } line)
                await connection.SendAsync(line.ToUpperInvariant());
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: chat/2\r\n\r\n");

        string head = (await client.ReadHeadAsync())!;
        Assert.StartsWith("HTTP/1.1 101", head, StringComparison.Ordinal);
        Assert.Contains("Upgrade: chat/2\r\n", head, StringComparison.Ordinal);
        Assert.Equal("welcome\n", await client.ReadUntilAsync("\n"));
        await client.SendAsync("hello\n");
        Assert.Equal("HELLO\n", await client.ReadUntilAsync("\n"));
    }

    [Fact]
    public async Task HalfClosedByTheClient_UpstreamSeesAllBytesAndAnOrderlyEnd()
    {
        var seen = new TaskCompletionSource<(string, bool)>();
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: sum\r\n\r\n");
            seen.TrySetResult(await connection.ReadToEndAsync());
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: sum\r\n\r\n");
        await client.ReadHeadAsync();

        await client.SendAsync("12345");
        client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        Assert.Equal(("12345", true), await seen.Task);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ResetByUpstream_ReachesTheClientAsAReset(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nab");
            await connection.ReadUntilAsync("go");
            connection.Reset();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
        await client.ReadUntilAsync("ab");

        await client.SendAsync("go");

        Assert.False((await client.ReadToEndAsync()).Orderly);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ClientGone_UpstreamConnectionEnds(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nab");
            await connection.ReadToEndAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        RawConnection client = await RawConnection.ConnectAsync(host.Url);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
        await client.ReadUntilAsync("ab");

        client.Reset();

        await Condition.BecomesTrueAsync(() => upstream.Open == 0);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task SilentTunnel_EndsAfterTheIdleTimeout(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nab");
            await connection.ReadToEndAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, UpstreamTimeouts.Default with { Idle = TimeSpan.FromMilliseconds(150) }, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");

        Assert.EndsWith("ab", (await client.ReadToEndAsync()).Text, StringComparison.Ordinal);
        await Condition.BecomesTrueAsync(() => upstream.Open == 0);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task RefusedUpgrade_IsAnOrdinaryAnswer(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        for (int i = 0; i < 2; i++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 426", await client.ReadHeadAsync(), StringComparison.Ordinal);
            Assert.Equal("no", await client.ReadExactlyAsync(2));
        }
    }

    [Fact]
    public async Task H2cUpgrade_IsNotPassedOn_AndAnUnaskedFor101IsRefused()
    {
        await using var upstream = new RawServer(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!;
            Assert.DoesNotContain("h2c", head, StringComparison.OrdinalIgnoreCase);
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
            await connection.ReadToEndAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 502", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    private static async Task<int> ReceiveMessageAsync(ClientWebSocket client, byte[] buffer)
    {
        int count = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await client.ReceiveAsync(buffer.AsMemory(count), Stop);
            count += part.Count;
            if (part.EndOfMessage)
                return count;
        }
    }

    private static async Task<WebApplication> StartWebSocketEchoAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        app.UseWebSockets();
        app.Run(async context =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            byte[] buffer = new byte[16 * 1024];
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, context.RequestAborted);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }

    private static Uri UrlOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
