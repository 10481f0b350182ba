using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Tests.Telemetry;

public class SagaMeterTests
{
    [Fact]
    public void Saga_WithItsFirstCall_HasASeriesOfEachOutcome_SoThatTheFirstOfEachIsAnIncrease()
    {
        var meter = new SagaMeter();
        meter.StepTook("shop", "checkout", "pay", TimeSpan.FromSeconds(1), isRepeat: false);
        Assert.Equal(["cancelled 0", "failed 0", "needs_attention 0", "succeeded 0"], Read(meter, 0).Order(StringComparer.Ordinal));

        meter.Ended("shop", "checkout", "needs_attention");
        Assert.Contains("needs_attention 1", Read(meter, 0));
    }

    [Fact]
    public void Calls_AreTimedAndThoseThatAreMadeAgainCounted()
    {
        var meter = new SagaMeter();
        meter.StepTook("shop", "checkout", "pay", TimeSpan.FromSeconds(2), isRepeat: false);
        meter.StepTook("shop", "checkout", "pay", TimeSpan.FromSeconds(0.5), isRepeat: true);
        meter.StepTook("shop", "checkout", "pay/undo", TimeSpan.FromSeconds(1), isRepeat: false);

        HistogramSample[] times = [.. SagaMeter.FamilyOf(SagaMeter.Descriptors[1], () => meter).Histograms!()];
        Assert.Equal([("pay", 2.5, 2), ("pay/undo", 1, 1)], times.Select(time => (time.Labels[2], time.SumSeconds, time.Counts.Sum())).OrderBy(time => time.Item1, StringComparer.Ordinal));
        Assert.Equal(["pay 1", "pay/undo 0"], Read(meter, 2).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Series_HaveABound()
    {
        var meter = new SagaMeter();
        for (int i = 0; i < SagaMeter.MostSeries + 50; i++)
        {
            meter.StepTook("shop", $"operation {i}", "pay", TimeSpan.FromSeconds(1), isRepeat: true);
            meter.Ended("shop", $"operation {i}", "succeeded");
        }

        Assert.Contains("other 50", Read(meter, 2));
        Assert.InRange(Read(meter, 0).Count(), 1, SagaMeter.MostSeries + 4);
    }

    private static IEnumerable<string> Read(SagaMeter meter, int family) =>
        SagaMeter.FamilyOf(SagaMeter.Descriptors[family], () => meter).Samples!().Select(sample => $"{sample.Labels[2]} {sample.Value}");
}
