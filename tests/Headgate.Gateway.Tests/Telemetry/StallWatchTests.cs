using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.Stalls;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Telemetry;

public class StallWatchTests
{
    private static readonly TimeSpan s_tooLong = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Look_SegmentOverTheLimit_IsCountedOnceAndSaid()
    {
        var time = new ManualTime();
        var logger = new RecordingLogger<StallWatch>();
        using var watch = new StallWatch(time, logger);
        GatewayContext context = Request(watch, time);

        using (StallWatch.Begin(context, time.GetTimestamp()))
        {
            time.Advance(TimeSpan.FromMilliseconds(5));
            watch.Look(time.GetTimestamp());
            Assert.Equal(0, watch.Stalls);
            time.Advance(TimeSpan.FromMilliseconds(1));
            watch.Look(time.GetTimestamp());
            Assert.Equal(1, watch.Stalls);
            time.Advance(TimeSpan.FromSeconds(30));
            watch.Look(time.GetTimestamp());
            Assert.Equal(1, watch.Stalls);
        }

        Assert.Equal("A request to listOrders has held its event thread for 6 ms: something in its pipeline blocks or computes too long", Assert.Single(logger.Messages));
    }

    [Fact]
    public void Look_SegmentsThatEnd_AreNotCounted()
    {
        var time = new ManualTime();
        using var watch = new StallWatch(time, new RecordingLogger<StallWatch>());
        GatewayContext context = Request(watch, time);

        for (int i = 0; i < 10; i++)
        {
            using (StallWatch.Begin(context, time.GetTimestamp()))
            {
                time.Advance(TimeSpan.FromMilliseconds(4));
                watch.Look(time.GetTimestamp());
            }

            time.Advance(TimeSpan.FromMilliseconds(4));
            watch.Look(time.GetTimestamp());
        }

        Assert.Equal(0, watch.Stalls);
    }

    [Fact]
    public void Look_SegmentWithoutATime_CountsFromTheFirstLook()
    {
        var time = new ManualTime();
        using var watch = new StallWatch(time, new RecordingLogger<StallWatch>());
        GatewayContext context = Request(watch, time);

        using (StallWatch.Begin(context))
        {
            time.Advance(TimeSpan.FromMinutes(1));
            watch.Look(time.GetTimestamp());
            Assert.Equal(0, watch.Stalls);
            time.Advance(TimeSpan.FromMilliseconds(6));
            watch.Look(time.GetTimestamp());
        }

        Assert.Equal(1, watch.Stalls);
    }

    [Fact]
    public void Look_SegmentInsideAnother_IsPartOfIt()
    {
        var time = new ManualTime();
        using var watch = new StallWatch(time, new RecordingLogger<StallWatch>());
        GatewayContext context = Request(watch, time);

        using (StallWatch.Begin(context, time.GetTimestamp()))
        {
            time.Advance(TimeSpan.FromMilliseconds(4));
            using (StallWatch.Begin(context, time.GetTimestamp()))
                watch.Look(time.GetTimestamp());
            time.Advance(TimeSpan.FromMilliseconds(4));
            watch.Look(time.GetTimestamp());
        }

        Assert.Equal(1, watch.Stalls);
    }

    [Fact]
    public async Task Policy_ThatBlocksBeforeTheHandler_IsSeenWhileItBlocks()
    {
        TelemetryHost? host = null;
        bool seen = false;
        var blocking = new DelegatePolicy(PolicyPhases.Request, () => seen = SpinWait.SpinUntil(() => host!.Telemetry.Stalls.Stalls > 0, s_tooLong));
        await using (host = await TelemetryHost.StartAsync(new TestApi().Add("a", "GET /a", handler: null, blocking).Plan()))
        {
            (await host.Client.GetAsync("/v1/a", Stop)).Dispose();

            Assert.True(seen);
            Assert.Matches("headgate_event_thread_stalls_total [1-9]", host.ReadMetrics());
        }
    }

    [Fact]
    public async Task Policy_ThatBlocksAfterTheUpstreamsAnswer_IsSeenWhileItBlocks()
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
                await connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        });
        using var transport = new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);
        TelemetryHost? host = null;
        bool blocks = false;
        bool seen = false;
        long before = 0;
        var blocking = new DelegatePolicy(PolicyPhases.Response, () => seen = blocks && SpinWait.SpinUntil(() => host!.Telemetry.Stalls.Stalls > before, s_tooLong));
        await using (host = await TelemetryHost.StartAsync(new TestApi().Add("a", "GET /a", Forwarding(upstream.Url, transport), blocking).Plan()))
        {
            // Compiling the code of the first requests takes long enough to be a stall of its own.
            for (int i = 0; i < 20; i++)
                (await host.Client.GetAsync("/v1/a", Stop)).Dispose();

            (before, blocks) = (host.Telemetry.Stalls.Stalls, true);
            (await host.Client.GetAsync("/v1/a", Stop)).Dispose();

            Assert.True(seen);
        }
    }

    internal static ForwardHandler Forwarding(Uri url, UpstreamTransport transport)
    {
        var instance = new UpstreamInstance("orders", url, 1, transport);
        return new ForwardHandler(new ForwardPlan(new UpstreamService("orders", [instance], new RandomBalancer(Random.Shared)), null, null, UpstreamTimeouts.Default, MapsErrors: false));
    }

    private static GatewayContext Request(StallWatch watch, TimeProvider time)
    {
        GatewayContext context = TestRequest.Ended(new TestApi().Add("listOrders", "GET /orders").Plan().Apis[0].Operations[0], time: time);
        context.StallWatch = watch;
        return context;
    }
}
