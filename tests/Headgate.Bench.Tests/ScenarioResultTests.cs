using Headgate.Bench.Measurements;

namespace Headgate.Bench.Tests;

public class ScenarioResultTests
{
    private static readonly Metric Cpu = Metric.CpuMicrosecondsPerRequest;

    [Theory]
    [InlineData(new double[] { 30, 10, 20 }, 20)]
    [InlineData(new double[] { 40, 10, 30, 20 }, 25)]
    [InlineData(new double[] { 7 }, 7)]
    public void Median_OfRounds_IsTheMiddle(double[] rounds, double expected) =>
        Assert.Equal(expected, Row("headgate", rounds).Median(Cpu));

    [Fact]
    public void Median_OfWhatWasNotMeasured_IsNothing() =>
        Assert.Null(Row("headgate", 1).Median(Metric.Seconds));

    [Fact]
    public void Ratio_ComparesMediansOfTheSameRun()
    {
        var result = Result(Row("haproxy", 10, 12, 14), Row("headgate", 15, 6, 9));

        Assert.Equal(0.75, result.Ratio(result.Rows[1], Cpu, "haproxy"));
        Assert.Null(result.Ratio(result.Rows[1], Cpu, "nginx"));
    }

    [Theory]
    [InlineData(11, "held (1.1)")]
    [InlineData(12, "MISSED (1.2)")]
    public void Budget_AsRatio_IsJudged(double headgate, string expected)
    {
        var result = Result(Row("haproxy", 10), Row("headgate", headgate));

        Assert.EndsWith(expected, new Budget("headgate", Cpu, 1.1) { Baseline = "haproxy" }.Verdict(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Budget_Absolute_IsJudgedWithoutABaseline() =>
        Assert.EndsWith("held (9)", new Budget("headgate", Cpu, 10).Verdict(Result(Row("headgate", 9))), StringComparison.Ordinal);

    [Theory]
    [InlineData(9, "≥ 9: held (9)")]
    [InlineData(8, "≥ 9: MISSED (8)")]
    public void Budget_ThatIsAFloor_IsReachedOrMissed(double headgate, string expected) =>
        Assert.EndsWith(expected, new Budget("headgate", Cpu, 9) { IsFloor = true }.Verdict(Result(Row("headgate", headgate))), StringComparison.Ordinal);

    [Fact]
    public void Budget_OfASubjectThatFailedRequests_IsNotMeasured()
    {
        var samples = new Samples();
        samples.Add(Cpu, 1);
        samples.Add(Metric.FailedRequests, 0);
        samples.Add(Metric.FailedRequests, 2);
        var result = Result(Row("haproxy", 10), samples.ToRow("headgate"));

        Assert.False(result.Rows[1].IsSound);
        Assert.EndsWith("not measured", new Budget("headgate", Cpu, 1.1) { Baseline = "haproxy" }.Verdict(result), StringComparison.Ordinal);
    }

    internal static ResultRow Row(string subject, params double[] rounds)
    {
        var samples = new Samples();
        foreach (var value in rounds)
            samples.Add(Cpu, value);
        return samples.ToRow(subject);
    }

    private static ScenarioResult Result(params ResultRow[] rows) => new("forward", "bare forward", [Cpu], rows);
}
