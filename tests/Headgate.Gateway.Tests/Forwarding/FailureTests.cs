using System.Net;
using System.Net.Sockets;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

public class FailureTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ConnectionRefused_Is502_AndNothingWasSent(string transport)
    {
        await using ForwardingHost host = await ForwardingHost.StartAsync(RefusedUrl(), transport: Transports.Make(transport));
        using var client = new HttpClient { BaseAddress = host.Url };

        await AssertFailsAsync(client, ErrorCatalogue.UpstreamConnectFailed);
        Assert.True(host.Application.LastResult.MayMoveOn);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task UnknownName_Is502_AndNothingWasSent(string transport)
    {
        await using ForwardingHost host = await ForwardingHost.StartAsync(new Uri("http://no-such-host.invalid:81"), transport: Transports.Make(transport));
        using var client = new HttpClient { BaseAddress = host.Url };

        await AssertFailsAsync(client, ErrorCatalogue.UpstreamDnsFailed);
        Assert.True(host.Application.LastResult.MayMoveOn);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task SilentUpstream_Is504_AfterTheHeadersTimeout(string transport)
    {
        await using var upstream = new RawServer(connection => connection.ReadToEndAsync());
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, UpstreamTimeouts.Default with { Headers = Short }, transport: Transports.Make(transport));
        using var client = new HttpClient { BaseAddress = host.Url };

        await AssertFailsAsync(client, ErrorCatalogue.UpstreamResponseTimeout);
        Assert.False(host.Application.LastResult.MayMoveOn);
        await Condition.BecomesTrueAsync(() => upstream.Open == 0);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task DrippingHead_Is504_AfterTheTotalTimeout(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nX-A: ");
            await connection.ReadToEndAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, UpstreamTimeouts.Default with { Total = Short }, transport: Transports.Make(transport));
        using var client = new HttpClient { BaseAddress = host.Url };

        await AssertFailsAsync(client, ErrorCatalogue.UpstreamResponseTimeout);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task SilenceInTheBody_BreaksOffAfterTheIdleTimeout(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            await connection.ReadToEndAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, UpstreamTimeouts.Default with { Idle = Short }, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        (string text, _) = await client.ReadToEndAsync();

        Assert.EndsWith("half", text, StringComparison.Ordinal);
        await Condition.BecomesTrueAsync(() => host.Application.LastFailure?.Kind == ErrorCatalogue.UpstreamBodyIncomplete);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ClientStopsSendingItsBody_Is408_NotTheUpstreamsFault(string transport)
    {
        await using var upstream = new RawServer(connection => connection.ReadToEndAsync());
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, UpstreamTimeouts.Default with { Idle = Short, Total = TimeSpan.FromSeconds(20), Headers = Short }, transport: Transports.Make(transport));
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhalf");

        Assert.StartsWith("HTTP/1.1 408", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ClientGoesAway_UpstreamConnectionIsClosed(string transport)
    {
        var arrived = new TaskCompletionSource();
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            arrived.TrySetResult();
            await connection.ReadToEndAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        RawConnection client = await RawConnection.ConnectAsync(host.Url);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await arrived.Task;

        client.Dispose();

        await Condition.BecomesTrueAsync(() => upstream.Open == 0);
        await Condition.BecomesTrueAsync(() => host.Application.LastResult.Error == ErrorCatalogue.ClientClosedRequest);
    }

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task ClientGoesAwayWhileTheBodyStreams_UpstreamConnectionIsClosed(string transport)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            await connection.ReadToEndAsync();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));
        RawConnection client = await RawConnection.ConnectAsync(host.Url);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadUntilAsync("half");

        client.Dispose();

        await Condition.BecomesTrueAsync(() => upstream.Open == 0);
    }

    [Fact]
    public async Task ConnectionsExhausted_Is503_AndNothingWasSent()
    {
        var arrived = new TaskCompletionSource();
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            arrived.TrySetResult();
            await connection.ReadToEndAsync();
        });
        var transport = new SocketTransport(new SocketTransportOptions { MaxConnections = 1 }, TestLoops.Shared, TimeProvider.System);
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: transport);
        using RawConnection first = await RawConnection.ConnectAsync(host.Url);
        await first.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await arrived.Task;
        using var second = new HttpClient { BaseAddress = host.Url };

        await AssertFailsAsync(second, ErrorCatalogue.UpstreamUnavailable);
        Assert.True(host.Application.LastResult.MayMoveOn);
    }

    [Fact]
    public async Task ConnectThatHangs_Is504_AfterTheConnectTimeout()
    {
        // A listener whose backlog is full leaves further connections unanswered.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        var waiting = new List<Socket>();
        for (int i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            waiting.Add(socket);
            Assert.Throws<SocketException>(() => socket.Connect(IPAddress.Loopback, url.Port));
        }

        await using ForwardingHost host = await ForwardingHost.StartAsync(url, UpstreamTimeouts.Default with { Connect = Short });
        using var client = new HttpClient { BaseAddress = host.Url };

        await AssertFailsAsync(client, ErrorCatalogue.UpstreamConnectTimeout);
        Assert.True(host.Application.LastResult.MayMoveOn);
        waiting.ForEach(socket => socket.Dispose());
    }

    [Theory]
    [InlineData(1, 70_000)]
    [InlineData(300, 10)]
    public async Task ResponseHeadBeyondTheLimits_Is502(int fields, int valueLength)
    {
        string head = "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, fields).Select(i => $"X-{i}: {new string('v', valueLength)}\r\n")) + "\r\n";
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(head);
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var client = new HttpClient { BaseAddress = host.Url };

        await AssertFailsAsync(client, ErrorCatalogue.UpstreamResponseHeadTooLarge);
    }

    // Bound for as long as tests run, and never listening: no other test gets the port, and answers there.
    private static readonly Socket s_deaf = BindDeaf();

    private static Socket BindDeaf()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static Uri RefusedUrl() => new($"http://127.0.0.1:{((IPEndPoint)s_deaf.LocalEndPoint!).Port}");

    private static async Task AssertFailsAsync(HttpClient client, GatewayErrorKind kind)
    {
        using HttpResponseMessage response = await client.GetAsync("/", Stop);
        Assert.Equal(kind.Name, await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(kind.Status, (int)response.StatusCode);
    }
}
