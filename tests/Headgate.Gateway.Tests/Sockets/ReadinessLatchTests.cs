using Headgate.Gateway.Sockets;

namespace Headgate.Gateway.Tests.Sockets;

public sealed class ReadinessLatchTests
{
    private ReadinessLatch _latch;
    private int _left;
    private int _calls;

    [Fact]
    public void Signal_BeforeTheWait_IsKept()
    {
        Assert.False(_latch.Signal());
        Assert.True(_latch.IsReadyOrWait());
        Assert.False(_latch.IsReadyOrWait());
    }

    [Fact]
    public void Signal_DuringTheWait_CallsOnce()
    {
        Assert.False(_latch.IsReadyOrWait());
        Assert.True(_latch.Signal());
        Assert.False(_latch.Signal());
        Assert.True(_latch.IsReadyOrWait());
    }

    [Fact]
    public void Wait_TakenBack_IsNotCalled()
    {
        Assert.False(_latch.IsReadyOrWait());
        Assert.True(_latch.TryStopWaiting());
        Assert.False(_latch.Signal());
    }

    [Fact]
    public void Wait_ThatIsBeingCalled_CannotBeTakenBack()
    {
        Assert.False(_latch.IsReadyOrWait());
        Assert.True(_latch.Signal());
        Assert.False(_latch.TryStopWaiting());
    }

    [Fact]
    public void Signals_AgainstAReader_AreNeverLost()
    {
        // One side brings bytes and signals, as the kernel and the loop do; the other takes what is there, then waits. A signal that were lost would leave both waiting.
        const int Rounds = 200_000;
        using var called = new SemaphoreSlim(0);
        using var start = new Barrier(2);
        var bringing = new Thread(() =>
        {
            start.SignalAndWait();
            for (int i = 0; i < Rounds; i++)
            {
                Thread.SpinWait(i % 64);
                Interlocked.Increment(ref _left);
                if (_latch.Signal())
                    called.Release();
            }
        });
        bringing.Start();
        start.SignalAndWait();
        for (int taken = 0; taken < Rounds;)
        {
            _latch.Clear();
            int found = Interlocked.Exchange(ref _left, 0);
            taken += found;
            if (found > 0 || _latch.IsReadyOrWait())
                continue;
            _calls++;
            Assert.True(called.Wait(TimeSpan.FromSeconds(20)), $"Nobody called after {taken} of {Rounds}.");
        }

        bringing.Join();
        Assert.True(_calls > 0);
    }
}
