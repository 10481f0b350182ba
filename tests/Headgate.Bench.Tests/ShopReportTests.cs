using Headgate.Bench.Commerce;
using Headgate.Bench.Measurements;

namespace Headgate.Bench.Tests;

/// <summary>Each thing that the load test of the shop promises is missed when it does not happen.</summary>
public class ShopReportTests
{
    private static readonly string[] Confirmed = ["ord_1", "ord_2"];
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private static readonly Visit[] Good = [.. Visits(200, VisitOutcome.Served), .. Visits(4, VisitOutcome.Hidden)];

    [Fact]
    public void EverythingAsItShouldBe_IsHeld()
    {
        var result = Report(Good, Confirmed);

        Assert.Equal(9, result.Budgets.Count);
        Assert.All(result.Budgets, budget => Assert.Contains("held (", budget.Verdict(result), StringComparison.Ordinal));
        Assert.All(result.Rows, row => Assert.True(row.IsSound));
    }

    public static TheoryData<string, string, int, int, bool> Faults => new()
    {
        // At 300 ms; more than one in a hundred.
        { "quiet, p99 ms ≤ 250: MISSED (300)", nameof(VisitOutcome.Served), 3, 300, true },
        { "quiet, limited/s ≤ 0: MISSED (0.1)", nameof(VisitOutcome.Limited), 1, 1, true },
        { "quiet, wrong answers ≤ 0: MISSED (1)", nameof(VisitOutcome.Wrong), 1, 1, false },
        { "quiet, of another tenant ≤ 0: MISSED (1)", nameof(VisitOutcome.Foreign), 1, 1, false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_OfTheQuietTenant_IsMissed(string verdict, string outcome, int count, int milliseconds, bool isSound)
    {
        var result = Report([.. Good, .. Visits(count, Enum.Parse<VisitOutcome>(outcome), milliseconds)], Confirmed);

        Assert.Contains(verdict, result.Budgets.Select(budget => budget.Verdict(result)));
        // Which the program's exit code says too.
        Assert.Equal(isSound, result.Rows.All(row => row.IsSound));
    }

    [Theory]
    [InlineData("ord_1")]
    [InlineData("ord_1", "ord_2", "ord_2")]
    [InlineData("ord_1", "ord_2", "ord_3")]
    public void Order_ThatIsMissingOrTwiceOrNobodys_IsAWrongAnswer(params string[] listed)
    {
        var result = Report(Good, listed);

        Assert.Contains("quiet, wrong answers ≤ 0: MISSED (1)", result.Budgets.Select(budget => budget.Verdict(result)));
        Assert.False(result.Rows[1].IsSound);
    }

    [Fact]
    public void NoisyTenant_ThatIsNotLimited_IsMissed()
    {
        var result = Report(Good, Confirmed, noisy: [.. Visits(7500, VisitOutcome.Served), .. Visits(4, VisitOutcome.Hidden)]);

        Assert.Contains("noisy, req/s ≤ 165: MISSED (750)", result.Budgets.Select(budget => budget.Verdict(result)));
    }

    [Fact]
    public void NobodyWhoLooked_IsNoProofThatNothingIsSeen()
    {
        var result = Report([.. Visits(200, VisitOutcome.Served)], Confirmed);

        Assert.Contains("quiet, of another tenant ≤ 0: not measured", result.Budgets.Select(budget => budget.Verdict(result)));
    }

    private static ScenarioResult Report(Visit[] quiet, string[] listed, Visit[]? noisy = null) => ShopReport.Of("commerce", "the shop",
    [
        ShopReport.RowOf(ShopReport.QuietAlone, Good, Length),
        ShopReport.WithOrders(ShopReport.RowOf(ShopReport.Quiet, quiet, Length), Confirmed, listed),
        ShopReport.RowOf(ShopReport.Noisy, noisy ?? [.. Good, .. Visits(1000, VisitOutcome.Limited)], Length),
    ]);

    private static IEnumerable<Visit> Visits(int count, VisitOutcome outcome, int milliseconds = 2) =>
        Enumerable.Repeat(new Visit(TimeSpan.FromMilliseconds(milliseconds), outcome), count);
}
