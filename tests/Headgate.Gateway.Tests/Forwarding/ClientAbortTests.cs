using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>A client that goes away ends its own exchange and nobody else's.</summary>
public class ClientAbortTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notice_ThatComesWhileTheConnectionChangesHands_NeverHitsTheNextExchange()
    {
        const int Rounds = 5000;
        await using var upstream = new RawServer(connection => connection.ReadHeadAsync());
        using var transport = new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);
        var pool = new ConnectionPool(new UpstreamInstance("test", upstream.Url, 1, transport), new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);
        GatewayContext leaving = TestRequest.Ended();
        GatewayContext staying = TestRequest.Ended();
        UpstreamConnection? connection = null;
        using var turn = new Barrier(2);
        Task noticing = Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    turn.SignalAndWait(Stop);
                    Thread.SpinWait(i % 50);
                    connection!.OnClientGone(leaving);
                    turn.SignalAndWait(Stop);
                }
            },
            Stop,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        for (int i = 0; i < Rounds; i++)
        {
            connection ??= (await UpstreamConnector.ConnectAsync(pool, TimeSpan.FromSeconds(10), TimeProvider.System, Stop)).Connection!;
            connection.Begin(leaving, long.MaxValue);
            turn.SignalAndWait(Stop);
            Thread.SpinWait(i % 37);
            bool mayGoOn = connection.End();
            if (mayGoOn)
                connection.Begin(staying, long.MaxValue);
            turn.SignalAndWait(Stop);

            Assert.Equal(mayGoOn ? CloseReason.None : CloseReason.ClientGone, connection.CloseReason);
            if (mayGoOn)
                Assert.True(connection.End());
            else
                connection = null;
        }

        await noticing;
        connection?.Close(CloseReason.Retired);
    }

    [Fact]
    public async Task ClientsThatLeaveAtAnyMoment_DisturbNobodyElse()
    {
        const int Requests = 400;
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using var others = new CancellationTokenSource();
        Task[] leaving = [.. Enumerable.Range(0, 4).Select(seed => Task.Run(() => LeaveAgainAndAgainAsync(host.Url, seed, others.Token), Stop))];

        // POST, so that a broken exchange is not repeated but seen.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                using RawConnection client = await RawConnection.ConnectAsync(host.Url);
                for (int i = 0; i < Requests; i++)
                {
                    await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                    Assert.StartsWith("HTTP/1.1 200 OK\r\n", await client.ReadHeadAsync(), StringComparison.Ordinal);
                    Assert.Equal("ok", await client.ReadExactlyAsync(2));
                }
            },
            Stop)));

        await others.CancelAsync();
        await Task.WhenAll(leaving);
    }

    private static async Task LeaveAgainAndAgainAsync(Uri url, int seed, CancellationToken enough)
    {
        for (int i = seed; !enough.IsCancellationRequested; i++)
        {
            using RawConnection client = await RawConnection.ConnectAsync(url);
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            Thread.SpinWait(i % 200 * 100);
            client.Reset();
        }
    }
}
