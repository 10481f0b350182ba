using System.Net;
using System.Net.Sockets;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>From an upstream's name to a connection: literals, several addresses, and how long what was found is kept.</summary>
public class AddressTests
{
    private const string Closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

    // On the loopback network, where nothing listens: connections are refused at once.
    private static readonly IPAddress Refusing = IPAddress.Parse("127.0.0.2");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Framework)]
    public async Task Ipv6LiteralUpstream_IsReachedUnderItsBracketedHost(string transport)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using ForwardingHost host = await ForwardingHost.StartAsync(new Uri($"http://[::1]:{port}"), transport: Transports.Make(transport));
        using var client = new HttpClient { BaseAddress = host.Url };

        Task<string> answer = client.GetStringAsync("/", Stop);
        using var connection = new RawConnection(await listener.AcceptSocketAsync(Stop));
        string head = (await connection.ReadHeadAsync())!;
        await connection.SendAsync(Closing);

        Assert.Contains($"Host: [::1]:{port}\r\n", head, StringComparison.Ordinal);
        Assert.Equal("ok", await answer);
    }

    [Fact]
    public async Task NameWithSeveralAddresses_TheFirstRefuses_TheNextIsTaken()
    {
        await using RawServer upstream = StartUpstream();
        await using ForwardingHost host = await StartAsync(upstream, new SteppedTime(), _ => [Refusing, IPAddress.Loopback]);
        using var client = new HttpClient { BaseAddress = host.Url };

        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
    }

    [Fact]
    public async Task Name_IsResolvedAnewAfterTheAddressLifetime_AndAfterAFailure()
    {
        await using RawServer upstream = StartUpstream();
        var time = new SteppedTime();
        int resolved = 0;
        await using ForwardingHost host = await StartAsync(upstream, time, count => [(resolved = count) == 2 ? Refusing : IPAddress.Loopback]);
        using var client = new HttpClient { BaseAddress = host.Url };

        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
        Assert.Equal(1, resolved);

        time.Advance(TimeSpan.FromSeconds(0.1));
        using (HttpResponseMessage refused = await client.GetAsync("/", Stop))
            Assert.Equal(ErrorCatalogue.UpstreamConnectFailed.Name, await refused.Content.ReadAsStringAsync(Stop));
        Assert.Equal(2, resolved);

        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
        Assert.Equal(3, resolved);
    }

    [Fact]
    public async Task ResolverOutOfOrder_TheAddressesKnownAreKept()
    {
        await using RawServer upstream = StartUpstream();
        var time = new SteppedTime();
        await using ForwardingHost host = await StartAsync(upstream, time, count => count == 1 ? [IPAddress.Loopback] : throw new SocketException((int)SocketError.TryAgain));
        using var client = new HttpClient { BaseAddress = host.Url };

        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
    }

    [Theory]
    [InlineData(299, 1)]
    [InlineData(300, 0)]
    public async Task IdleConnection_IsClosedAtItsGreatestAge(int seconds, int left)
    {
        await using RawServer upstream = StartUpstream("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var time = new SteppedTime();
        await using ForwardingHost host = await StartAsync(upstream, time, _ => [IPAddress.Loopback]);
        using var client = new HttpClient { BaseAddress = host.Url };
        await client.GetStringAsync("/", Stop);
        await Condition.BecomesTrueAsync(() => host.Instance.Connections!.IdleCount == 1);

        time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(left, host.Instance.Connections!.IdleCount);
    }

    [Fact]
    public async Task BusyConnection_BeyondItsGreatestAge_EndsItsExchangeAndCloses()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
            {
                asked.TrySetResult();
                await mayAnswer.Task;
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        });
        var time = new SteppedTime();
        await using ForwardingHost host = await StartAsync(upstream, time, _ => [IPAddress.Loopback]);
        using var client = new HttpClient { BaseAddress = host.Url };

        Task<string> answer = client.GetStringAsync("/", Stop);
        await asked.Task;
        time.Advance(TimeSpan.FromMinutes(5));
        mayAnswer.SetResult();

        Assert.Equal("ok", await answer);
        await Condition.BecomesTrueAsync(() => upstream.Open == 0);
        Assert.Equal("ok", await client.GetStringAsync("/", Stop));
        Assert.Equal(2, upstream.Accepted);
    }

    private static RawServer StartUpstream(string answer = Closing) => new(async connection =>
    {
        while (await connection.ReadHeadAsync() is not null)
            await connection.SendAsync(answer);
    });

    // The resolver is given the how-manieth look-up it is.
    private static Task<ForwardingHost> StartAsync(RawServer upstream, SteppedTime time, Func<int, IPAddress[]> resolve)
    {
        int count = 0;
        var options = new SocketTransportOptions
        {
            IdleLifetime = TimeSpan.FromHours(1),
            Resolve = (name, _) => Task.FromResult(name == "orders.test" ? resolve(++count) : []),
        };
        return ForwardingHost.StartAsync(new Uri($"http://orders.test:{upstream.Port}"), transport: new SocketTransport(options, TestLoops.Shared, time));
    }
}
