using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Tests.Telemetry;

public class CounterStripesTests
{
    private const int Additions = 20_000;

    [Fact]
    public void Additions_OfManyThreads_WithAndWithoutCountersOfTheirOwn_AreAllCounted()
    {
        var counters = new CounterStripes(3);
        Thread[] threads = [.. Enumerable.Range(0, CounterThread.Most * 2).Select(i => new Thread(() => Add(counters, claims: i % 2 == 0)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.Equal(threads.Length * Additions, counters.Sum(1));
        Assert.Equal(-threads.Length * Additions, counters.Sum(2));
        Assert.Equal(0, counters.Sum(0));
    }

    [Fact]
    public void Numbers_OfThreads_AreNeverHeldByTwo_AndSharedOnceThereAreNoMore()
    {
        using var all = new Barrier((CounterThread.Most * 2) + 1);
        var numbers = new int[CounterThread.Most * 2];
        Thread[] threads = [.. Enumerable.Range(0, numbers.Length).Select(i => new Thread(() => Hold(numbers, i, all)))];
        foreach (Thread thread in threads)
            thread.Start();
        all.SignalAndWait(TestContext.Current.CancellationToken);
        foreach (Thread thread in threads)
            thread.Join();

        // The loops of other tests may hold some.
        int[] own = [.. numbers.Where(number => number != CounterThread.None)];
        Assert.Equal(own.Length, own.Distinct().Count());
        Assert.InRange(own.Length, 1, CounterThread.Most);
        Assert.Equal(CounterThread.None, CounterThread.Current);
    }

    private static void Add(CounterStripes counters, bool claims)
    {
        if (claims)
            CounterThread.Claim();
        for (int i = 0; i < Additions; i++)
        {
            counters.Add(1, 1);
            counters.Add(2, -1);
        }

        CounterThread.Release();
    }

    private static void Hold(int[] numbers, int at, Barrier all)
    {
        CounterThread.Claim();
        numbers[at] = CounterThread.Current;
        all.SignalAndWait();
        CounterThread.Release();
    }
}
