using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding.Health;

/// <summary>A service of three instances of which one dies under load, hard, and comes back.</summary>
public class KillAndReviveTests
{
    private const int Callers = 8;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneOfThree_KilledAndRevived_HardlyAnyErrors_AndNoticedWithinASecond()
    {
        await using var first = new MortalServer();
        await using var second = new MortalServer();
        await using var third = new MortalServer();
        await using TestGateway gateway = await TestGateway.StartAsync(
            """
            openapi: 3.1.0
            info: { title: t, version: "1" }
            x-gateway-config: { services: { shop: {} }, retry: { attempts: 3, baseDelay: 10ms } }
            paths:
              /x: { get: { responses: { "200": { description: ok } } } }
            """,
            new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["shop"] = [first.Url, second.Url, third.Url] } });
        (int done, int failed, bool isOver) = (0, 0, false);

        async Task CallAsync()
        {
            while (!Volatile.Read(ref isOver))
            {
                using HttpResponseMessage response = await gateway.Client.GetAsync("/x", Stop);
                Interlocked.Increment(ref done);
                Interlocked.Add(ref failed, response.StatusCode == HttpStatusCode.OK ? 0 : 1);
            }
        }

        Task[] callers = [.. Enumerable.Range(0, Callers).Select(_ => CallAsync())];
        await Telemetry.Condition.HoldsAsync(() => second.Served > 200, Stop);
        long killedAt = Stopwatch.GetTimestamp();
        second.Kill();

        // Noticed: it is kept out of the choice, and others take its calls.
        UpstreamInstance instance = gateway.Plan.Apis[0].Instances.Single(one => one.Url.Port == second.Url.Port);
        await Telemetry.Condition.HoldsAsync(() => instance.IsCoolingDown(LimitClock.Now(TimeProvider.System)), Stop);
        TimeSpan noticed = Stopwatch.GetElapsedTime(killedAt);
        int atDeath = Volatile.Read(ref done);
        await Telemetry.Condition.HoldsAsync(() => Volatile.Read(ref done) > atDeath + 3000, Stop);

        long revivedAt = Stopwatch.GetTimestamp();
        int servedBefore = second.Served;
        second.Revive();
        await Telemetry.Condition.HoldsAsync(() => second.Served > servedBefore, Stop);
        TimeSpan back = Stopwatch.GetElapsedTime(revivedAt);
        int atRevival = Volatile.Read(ref done);
        await Telemetry.Condition.HoldsAsync(() => Volatile.Read(ref done) > atRevival + 3000, Stop);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(callers);

        Assert.True(failed < done / 1000.0, $"{failed} of {done} requests failed");
        Assert.True(noticed < TimeSpan.FromSeconds(1), $"the death was noticed after {noticed}");
        Assert.True(back < TimeSpan.FromSeconds(2), $"the revived instance was used after {back}");
    }

    /// <summary>A server that dies as a process does: its listener is gone, and what was open is reset.</summary>
    private sealed class MortalServer : IAsyncDisposable
    {
        private static readonly byte[] s_answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        private readonly Lock _lock = new();
        private readonly HashSet<RawConnection> _open = [];
        private Socket _listener;
        private int _served;
        private Task _accepting;

        public MortalServer()
        {
            _listener = Listen(0);
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
            _accepting = AcceptAsync(_listener);
        }

        public Uri Url { get; }

        public int Served => Volatile.Read(ref _served);

        public void Kill()
        {
            _listener.Dispose();
            RawConnection[] open;
            lock (_lock)
                open = [.. _open];
            foreach (RawConnection connection in open)
                connection.Reset();
        }

        public void Revive()
        {
            _listener = Listen(Url.Port);
            _accepting = AcceptAsync(_listener);
        }

        public async ValueTask DisposeAsync()
        {
            Kill();
            await _accepting;
        }

        private static Socket Listen(int port)
        {
            var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listener.Listen(512);
            return listener;
        }

        private async Task AcceptAsync(Socket listener)
        {
            var serving = new List<Task>();
            try
            {
                while (true)
                    serving.Add(ServeAsync(new RawConnection(await listener.AcceptAsync())));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                await Task.WhenAll(serving);
            }
        }

        private async Task ServeAsync(RawConnection connection)
        {
            lock (_lock)
                _open.Add(connection);
            try
            {
                while (await connection.ReadHeadAsync() is not null)
                {
                    await connection.SendAsync(s_answer);
                    Interlocked.Increment(ref _served);
                }
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or SocketException)
            {
                connection.Error = error;
            }
            finally
            {
                lock (_lock)
                    _open.Remove(connection);
                connection.Dispose();
            }
        }
    }
}
