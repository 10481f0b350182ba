using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Forwarding.Outbound;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Forwarding.Outbound;

/// <summary>Turns to call a service, on a clock that the test moves.</summary>
public class OutboundTurnsTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    private readonly SteppedTimers _time = new();

    [Fact]
    public void Calls_WithinTheLimit_GoAtOnce_AndTheNextWaits()
    {
        OutboundTurns turns = Turns(3);
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(Enter(turns) is { IsCompleted: true }));
        Task<TimeSpan?> fourth = Enter(turns);
        Assert.False(fourth.IsCompleted);
        _time.Advance(s_window - TimeSpan.FromMilliseconds(1));
        Assert.False(fourth.IsCompleted);
    }

    [Fact]
    public async Task WaitingCalls_GoFirstComeFirstServed()
    {
        OutboundTurns turns = Turns(1);
        _ = Enter(turns);
        var order = new List<int>();
        Task[] waiting = [.. Enumerable.Range(1, 4).Select(i => NoteAsync(Enter(turns, wait: TimeSpan.FromMinutes(5)), i, order))];
        for (int i = 1; i <= 4; i++)
        {
            _time.Advance(s_window);
            await waiting[i - 1];
            Assert.Equal(Enumerable.Range(1, i), order);
            Assert.Equal(4 - i, turns.Waiting);
        }
    }

    [Fact]
    public async Task Call_WhoseTurnCannotComeInTime_IsRefusedAtOnce_AndToldWhenItWould()
    {
        OutboundTurns turns = Turns(2);
        _ = Enter(turns);
        _time.Advance(TimeSpan.FromSeconds(4));
        _ = Enter(turns);

        Assert.Equal(TimeSpan.FromSeconds(6), await Enter(turns, wait: TimeSpan.FromSeconds(5.9)));
        Assert.Equal(TimeSpan.FromSeconds(6), await Enter(turns, wait: TimeSpan.Zero));
        Assert.False(Enter(turns, wait: TimeSpan.FromSeconds(6)).IsCompleted);
        Assert.False(Enter(turns, wait: TimeSpan.FromSeconds(10)).IsCompleted);
        Assert.Equal(TimeSpan.FromSeconds(16), await Enter(turns, wait: TimeSpan.FromSeconds(15)));
        Assert.Equal((2L, 0L, 3L, 0L), turns.Fates);
    }

    [Fact]
    public async Task Call_BeyondTheQueue_IsRefusedAtOnce()
    {
        OutboundTurns turns = Turns(1);
        _ = Enter(turns);
        Assert.All(Enumerable.Range(0, 2), _ => Assert.False(Enter(turns, wait: TimeSpan.FromHours(1), queue: 2).IsCompleted));
        Assert.Equal(TimeSpan.FromSeconds(30), await Enter(turns, wait: TimeSpan.FromHours(1), queue: 2));
    }

    [Fact]
    public async Task ClientThatGoesAway_LeavesTheQueue_AndThoseBehindMoveUp()
    {
        OutboundTurns turns = Turns(1);
        _ = Enter(turns);
        Task<TimeSpan?> first = Enter(turns, wait: TimeSpan.FromHours(1));
        Task<TimeSpan?> second = Enter(turns, wait: TimeSpan.FromHours(1));
        turns.Abandon(turns.FirstWaiting!);

        Assert.Null(await first);
        Assert.False(second.IsCompleted);
        _time.Advance(s_window);
        Assert.Equal(TimeSpan.Zero, await second);
        Assert.Equal(1, turns.Fates.Abandoned);
    }

    [Fact]
    public async Task Abandoning_ACallThatHasItsTurn_ChangesNothing()
    {
        OutboundTurns turns = Turns(1);
        _ = Enter(turns);
        Task<TimeSpan?> call = Enter(turns, wait: TimeSpan.FromHours(1));
        OutboundWaiter waiter = turns.FirstWaiting!;
        _time.Advance(s_window);
        turns.Abandon(waiter);
        Assert.Equal(TimeSpan.Zero, await call);
        Assert.Equal(0, turns.Fates.Abandoned);
    }

    // What the other side's limit is about: no stretch as long as the window has more calls than the limit, wherever it begins.
    [Fact]
    public void Any_SequenceOfCalls_KeepsToTheLimitInEveryWindow()
    {
        Gen<(int, int[])> cases = from limit in Gen.Choose(1, 40)
                                  from gaps in Gen.Choose(0, 1_500).ArrayOf(300)
                                  select (limit, gaps);
        Prop.ForAll(cases.ToArbitrary(), one => KeepsTo(one.Item1, one.Item2)).QuickCheckThrowOnFailure();
    }

    private static bool KeepsTo(int limit, int[] gaps)
    {
        var times = new CallTimes(limit, (long)s_window.TotalNanoseconds);
        var made = new List<long>();
        long now = 1;
        foreach (int gap in gaps)
        {
            now += gap * 1_000_000L;
            bool foreseen = times.HasRoom(now) == (times.WaitAfter(0, now) == 0);
            if (!foreseen)
                return false;
            if (!times.HasRoom(now))
                continue;
            times.Add(now);
            made.Add(now);
        }

        return made.Select((time, i) => made.Skip(i).TakeWhile(other => other - time < (long)s_window.TotalNanoseconds).Count()).Max() <= limit;
    }

    private static async Task NoteAsync(Task<TimeSpan?> call, int number, List<int> order)
    {
        Assert.Equal(TimeSpan.Zero, await call);
        lock (order)
            order.Add(number);
    }

    private static OutboundTurns Turns(int limit) => new(new OutboundIdentity("backend", "http://127.0.0.1:1/", limit, s_window));

    private Task<TimeSpan?> Enter(OutboundTurns turns, TimeSpan? wait = null, int queue = 1000)
    {
        GatewayContext context = TestRequest.Ended(time: _time);
        return turns.EnterAsync(context, wait ?? s_window, queue).AsTask();
    }
}
