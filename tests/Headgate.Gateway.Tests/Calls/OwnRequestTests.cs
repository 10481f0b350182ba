using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Headgate.Gateway.Calls;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Gateway.Values;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Calls;

/// <summary>A request of the gateway's own, which is reused: its clock, and what it keeps.</summary>
public class OwnRequestTests
{
    private readonly LateTimers _time = new();

    [Fact]
    public void Timer_ThatFiresLate_DoesNotEndTheNextRequest()
    {
        var request = new OwnRequest(TestRequest.Ended(time: _time));
        request.Rearm();
        request.StopAfter(TimeSpan.FromSeconds(1));
        request.StopClock();
        request.Rearm();
        request.StopAfter(TimeSpan.FromSeconds(5));

        _time.Clock.Advance(TimeSpan.FromSeconds(2));
        _time.Fire();
        Assert.False(request.HasTimedOut);
        Assert.False(request.IsStopped);

        // It is set to the time that is left.
        Assert.Equal(TimeSpan.FromSeconds(3), _time.Due);
        _time.Clock.Advance(TimeSpan.FromSeconds(3));
        _time.Fire();
        Assert.True(request.HasTimedOut);
        Assert.True(request.IsStopped);
    }

    [Fact]
    public void Timer_ThatFires_AfterTheRequestIsOver_DoesNothing()
    {
        var request = new OwnRequest(TestRequest.Ended(time: _time));
        request.Rearm();
        request.StopAfter(TimeSpan.FromSeconds(1));
        request.StopClock();
        _time.Clock.Advance(TimeSpan.FromSeconds(2));
        _time.Fire();
        Assert.False(request.HasTimedOut);
        request.Rearm();
        Assert.False(request.IsStopped);
    }

    [Fact]
    public void Request_AfterOneThatTookTooLong_HasItsOwnTime()
    {
        var request = new OwnRequest(TestRequest.Ended(time: _time));
        request.Rearm();
        request.StopAfter(TimeSpan.FromSeconds(1));
        _time.Clock.Advance(TimeSpan.FromSeconds(1));
        _time.Fire();
        Assert.True(request.HasTimedOut);
        request.Rearm();
        Assert.False(request.HasTimedOut);
        Assert.False(request.IsStopped);
    }

    [Fact]
    public void Request_ThatTookTooLong_IsGivenNoMoreTime()
    {
        var request = new OwnRequest(TestRequest.Ended(time: _time));
        request.Rearm();
        request.StopAfter(TimeSpan.FromSeconds(1));
        _time.Clock.Advance(TimeSpan.FromSeconds(1));
        _time.Fire();
        request.StopAfter(TimeSpan.FromSeconds(1));
        request.StopClock();
        Assert.True(request.HasTimedOut);
    }

    [Fact]
    public async Task LargeBody_IsNotKept_OnceTheCallIsOver()
    {
        GatewayContext client = TestRequest.Ended(time: _time);
        var request = new OwnRequest(client);
        WeakReference body = await CallWithLargeBodyAsync(request, client);
        GC.Collect();
        Assert.False(body.IsAlive);
        GC.KeepAlive(request);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> CallWithLargeBodyAsync(OwnRequest request, GatewayContext client)
    {
        request.Rearm();
        ReadOnlyMemory<byte> body = request.Write(new ConstantValue(Encoding.ASCII.GetBytes($"\"{new string('x', 100_000)}\"")), client);
        request.Begin(client, "POST", "/a", "", new HeaderDictionary(), body);
        Assert.True(MemoryMarshal.TryGetArray(body, out ArraySegment<byte> written));
        await request.EndAsync();
        return new WeakReference(written.Array);
    }

    /// <summary>One timer, which fires when the test says so, however it was set.</summary>
    private sealed class LateTimers : TimeProvider
    {
        private Action? _fire;

        public ManualTime Clock { get; } = new();

        public TimeSpan Due { get; private set; }

        public override long TimestampFrequency => Clock.TimestampFrequency;

        public override long GetTimestamp() => Clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return new Timer(this);
        }

        public void Fire() => _fire!();

        private sealed class Timer(LateTimers time) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                time.Due = dueTime;
                return true;
            }

            public void Dispose() => time._fire = null;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
