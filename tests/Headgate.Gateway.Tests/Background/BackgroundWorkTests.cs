using Headgate.Gateway.Background;
using Headgate.Gateway.Tests.Forwarding;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Background;

/// <summary>Work that fails for a reason that nobody foresaw.</summary>
public class BackgroundWorkTests
{
    private readonly SteppedTimers _time = new();
    private readonly RecordingLogger<BackgroundWork> _log = new();

    [Theory]
    [InlineData(null, new[] { 1, 2, 4, 8, 16, 32, 60, 60 })]
    [InlineData(5, new[] { 1, 2, 4, 5, 5 })]
    public async Task Work_ThatFails_IsToldOfAtOnce_AndBegunAgain_LaterEachTime(int? longestSeconds, int[] pauses)
    {
        await using var background = new BackgroundWork(_time, _log);
        int begun = 0;
        background.Begin("test", stop => ++begun <= pauses.Length ? throw new InvalidOperationException("wrong") : Task.Delay(Timeout.Infinite, stop), longestSeconds is { } longest ? TimeSpan.FromSeconds(longest) : null);

        foreach (int seconds in pauses)
        {
            int before = begun;
            Assert.Equal(before, _log.Messages.Count);
            Assert.Contains("'test'", _log.Messages.Last(), StringComparison.Ordinal);
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal(before, begun);
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(before + 1, begun);
        }

        Assert.Equal(pauses.Length, _log.Messages.Count);
    }

    [Fact]
    public async Task Work_ThatFails_AfterItWentOnForAWhile_RestsAsAfterTheFirstFault()
    {
        await using var background = new BackgroundWork(_time, _log);
        var fault = new TaskCompletionSource();
        int begun = 0;
        background.Begin("test", stop => ++begun switch
        {
            1 or 2 => throw new InvalidOperationException("wrong"),
            3 => fault.Task,
            _ => Task.Delay(Timeout.Infinite, stop),
        });
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, begun);
        _time.Advance(BackgroundWork.LongestPause);
        fault.SetException(new InvalidOperationException("wrong"));
        _time.Advance(BackgroundWork.FirstPause);
        Assert.Equal(4, begun);
    }

    [Fact]
    public async Task Work_ThatFailed_IsShown_UntilItHasGoneOnForAWhile()
    {
        var time = new ManualTime();
        await using var background = new BackgroundWork(time, _log);
        var faulty = new TaskCompletionSource();
        background.Begin("test", _ => faulty.Task);
        Assert.Empty(background.Failing);

        faulty.SetException(new InvalidOperationException("wrong"));
        Assert.Equal(["test"], background.Failing);
        time.Advance(BackgroundWork.FirstPause + BackgroundWork.LongestPause);
        Assert.Empty(background.Failing);
    }

    [Fact]
    public async Task Work_ThatFails_EndsNoOther()
    {
        await using var background = new BackgroundWork(_time, _log);
        int rounds = 0;
        background.Begin("faulty", _ => throw new InvalidOperationException("wrong"));
        background.Begin("well", stop => Rounds.RunAsync(TimeSpan.FromSeconds(1), _time, atOnce: true, _ => { rounds++; }, stop));
        Assert.Equal(1, rounds);
        await RoundsAreAsync(2);
        await RoundsAreAsync(3);
        Assert.Equal(["faulty"], background.Failing);

        Task RoundsAreAsync(int wanted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Telemetry.Condition.HoldsAsync(() => rounds == wanted, TestContext.Current.CancellationToken);
        }
    }

    // What it holds of the store, others wait for.
    [Fact]
    public async Task Work_ThatRests_WhenAllIsStopped_PutsItsThingsAway()
    {
        var background = new BackgroundWork(_time, _log);
        bool isPutAway = false;
        background.Begin("test", stop =>
        {
            isPutAway = stop.IsCancellationRequested;
            return isPutAway ? Task.CompletedTask : throw new InvalidOperationException("wrong");
        });
        Assert.False(isPutAway);
        await background.DisposeAsync();
        Assert.True(isPutAway);
    }

    [Fact]
    public async Task Stop_WaitsForWhatWorkBegan_AndWorkThatFailsThen_EndsAll()
    {
        var background = new BackgroundWork(_time, _log);
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        background.Begin("first", async stop =>
        {
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            background.Begin("second", _ => end.Task);
            begun.SetResult();
        });
        Task stopping = background.StopAsync();
        await begun.Task;
        Assert.False(stopping.IsCompleted);
        end.SetException(new InvalidOperationException("wrong"));
        await stopping;
        Assert.Contains("'second'", Assert.Single(_log.Messages), StringComparison.Ordinal);
        await background.DisposeAsync();
    }

    [Fact]
    public async Task Work_ThatIsCancelledOrHasNothingToDo_IsNoFault()
    {
        var background = new BackgroundWork(_time, _log);
        background.Begin("nothing", _ => Task.CompletedTask);
        background.Begin("test", stop => Task.Delay(Timeout.Infinite, stop));
        await background.DisposeAsync();
        Assert.Empty(_log.Messages);
    }
}
