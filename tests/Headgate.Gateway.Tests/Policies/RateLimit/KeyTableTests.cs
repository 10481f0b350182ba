using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>A table that is flooded stays within its bytes, and hands no quota out twice.</summary>
public class KeyTableTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void BudgetOfAllTables_WhenItIsSpent_IsNotExceeded()
    {
        var budget = new MemoryBudget(512 * 1024);
        RateLimitPlan[] plans = [.. Enumerable.Range(0, 4).Select(i => TestLimits.Plan(10, TimeSpan.FromHours(1), name: $"limit-{i}", budget: budget))];
        GatewayContext context = TestLimits.Request(_time);
        for (int i = 0; i < 50_000; i++)
        {
            context.User = $"user-{i}";
            TestLimits.Ask(context, plans);
        }

        Assert.InRange(plans.Sum(plan => plan.State.Table.Bytes), 256 * 1024, (512 * 1024) + (4 * 2048));
        plans[0].State.Dispose();
        Assert.True(budget.TryTake(32 * 1024));
    }

    // The bound that eviction keeps: whatever the flood, no consumer is ever admitted more than by a table without end.
    [Fact]
    public void Any_SequenceOfConsumers_InATableTooSmall_IsNeverAdmittedMoreThanWithoutBound()
    {
        Gen<(int[], int[])> cases = from keys in Gen.Choose(0, 11).ArrayOf(600)
                                    from gaps in Gen.Choose(0, 200).ArrayOf(600)
                                    select (keys, gaps);
        Prop.ForAll(cases.ToArbitrary(), one => IsNoMoreThanWithoutBound(one.Item1, one.Item2)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Consumer_ThatAFullTableLetGoOf_BeginsWhereItStood()
    {
        // Seven in the only bucket, each with its quota used up; the eighth takes a place.
        var table = new KeyTable(isSingle: false, new MemoryBudget(0));
        LimitRate rate = LimitRate.Of(5, TimeSpan.FromSeconds(10), 5)!.Value;
        long now = LimitClock.Now(_time);
        for (ulong i = 1; i <= 7; i++)
            Write(table, i, now + rate.Capacity);
        Write(table, 8, now + rate.Interval);

        Assert.Equal(1, table.Evicted);
        Assert.All(Enumerable.Range(1, 7), i => Assert.False(rate.Admits(rate.After(Read(table, (ulong)i), now), now)));
        Assert.Equal(now + rate.Interval, Read(table, 8));
    }

    [Fact]
    public void Buckets_ThatAreDoubled_KeepConsumersAndWhatWasForgotten()
    {
        var buckets = new KeyBuckets(1);
        for (int i = 1; i <= 7; i++)
            buckets.At(buckets.Claim(KeyOf(i), now: 10)) = 100 + i;
        buckets.At(buckets.Evict(KeyOf(8))) = 500;

        KeyBuckets doubled = buckets.Doubled(now: 10);

        Assert.Equal([-1, 102, 103, 104, 105, 106, 107, 500], Enumerable.Range(1, 8).Select(i => doubled.Find(KeyOf(i)) is >= 0 and var place ? doubled.At(place) : -1));
        Assert.All(Enumerable.Range(1, 16), i => Assert.Equal(101, doubled.FloorOf(KeyOf(i))));

        static ulong KeyOf(int consumer) => (ulong)consumer << KeyTable.StripeBits;
    }

    [Fact]
    public void Consumers_WhoseQuotaIsWhole_MakeRoomWithoutEviction()
    {
        RateLimitPlan plan = TestLimits.Plan(10, TimeSpan.FromSeconds(10), budget: new MemoryBudget(0));
        GatewayContext context = TestLimits.Request(_time);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.Equal(1, TestLimits.AskAs(context, plan, i));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, plan.State.Table.Evicted);
        Assert.InRange(plan.State.Table.Bytes, 1, 2048);
    }

    private static long Read(KeyTable table, ulong consumer) => table.StripeOf(consumer << KeyTable.StripeBits).Read(consumer << KeyTable.StripeBits, long.MaxValue, out _);

    private void Write(KeyTable table, ulong consumer, long arrival)
    {
        KeyStripe stripe = table.StripeOf(consumer << KeyTable.StripeBits);
        stripe.Read(consumer << KeyTable.StripeBits, long.MaxValue, out int place);
        stripe.Write(consumer << KeyTable.StripeBits, place, arrival, LimitClock.Now(_time));
    }

    private static bool IsNoMoreThanWithoutBound(int[] keys, int[] gaps)
    {
        var time = new ManualTime();
        var table = new KeyTable(isSingle: false, new MemoryBudget(0));
        LimitRate rate = LimitRate.Of(5, TimeSpan.FromSeconds(10), 5)!.Value;
        var unbounded = new Dictionary<ulong, long>();
        for (int i = 0; i < keys.Length; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(gaps[i]));
            long now = LimitClock.Now(time);

            // All in one stripe, whose one bucket has seven places.
            ulong key = ((ulong)keys[i] + 1) << KeyTable.StripeBits;
            KeyStripe stripe = table.StripeOf(key);
            long after = rate.After(stripe.Read(key, long.MaxValue, out int place), now);
            bool admitted = rate.Admits(after, now);
            if (admitted)
                stripe.Write(key, place, after, now);

            // The reference counts what the table admitted: a consumer that is ahead of it got something twice.
            long exact = rate.After(unbounded.GetValueOrDefault(key), now);
            if (admitted && !rate.Admits(exact, now))
                return false;
            if (admitted)
                unbounded[key] = exact;
        }

        return table.Evicted > 0;
    }
}
