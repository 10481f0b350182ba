using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Forwarding.Retry;

namespace Headgate.Gateway.Tests.Forwarding.Retry;

/// <summary>The part of a service's traffic that may be retries.</summary>
public class RetryBudgetTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(0, 10)]
    [InlineData(49, 10)]
    [InlineData(54, 10)]
    [InlineData(55, 11)]
    [InlineData(1000, 200)]
    public void Retries_AreAFifthOfTheRequests_AndTenHoweverFew(int requests, int retries)
    {
        var budget = new RetryBudget("orders");
        for (int i = 0; i < requests; i++)
            budget.Count(Second);
        Assert.Equal(retries, Enumerable.Range(0, requests + 20).Count(_ => budget.TryTake(Second, out bool _)));
        Assert.Equal((retries, requests + 20 - retries), (budget.Made, budget.Refused));
    }

    [Fact]
    public void Requests_OfLongAgo_CountNoMore()
    {
        var budget = new RetryBudget("orders");
        for (int i = 0; i < 1000; i++)
            budget.Count(Second);
        Assert.Equal(200, Taken(budget, 10 * Second));
        Assert.Equal(10, Taken(budget, 20 * Second));
    }

    [Fact]
    public void UsedUp_IsNews_OnceInTheWindow()
    {
        var budget = new RetryBudget("orders");
        IEnumerable<int> everySecondManyTimes = Enumerable.Range(1, 25).SelectMany(second => Enumerable.Repeat(second, 20));
        Assert.Equal([1, 11, 21], everySecondManyTimes.Where(second => !budget.TryTake(second * Second, out bool isNews) && isNews));
    }

    // Whenever requests and failures come: when a retry is made, those of the ten seconds up to then are a fifth of the requests, or the ten.
    [Fact]
    public void Any_Traffic_KeepsToTheBudgetInEveryWindow()
    {
        Gen<int[]> traffic = Gen.Choose(0, 60).ArrayOf(60);
        Prop.ForAll(traffic.ToArbitrary(), KeepsTo).QuickCheckThrowOnFailure();
    }

    private static bool KeepsTo(int[] perSecond)
    {
        var budget = new RetryBudget("orders");
        int[] made = new int[perSecond.Length];
        for (int second = 0; second < perSecond.Length; second++)
        {
            for (int i = 0; i < perSecond[second]; i++)
            {
                budget.Count((second + 100) * Second);
                made[second] += budget.TryTake((second + 100) * Second, out bool _) ? 1 : 0;
            }
        }

        return Enumerable.Range(0, perSecond.Length).Where(second => made[second] > 0).All(last =>
        {
            int first = Math.Max(0, last - RetryBudget.WindowSeconds + 1);
            return made[first..(last + 1)].Sum() <= Math.Max(RetryBudget.LeastInWindow, perSecond[first..(last + 1)].Sum() / 5);
        });
    }

    private static int Taken(RetryBudget budget, long now) => Enumerable.Range(0, 1000).Count(_ => budget.TryTake(now, out bool _));
}
