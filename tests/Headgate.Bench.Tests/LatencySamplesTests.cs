using Headgate.Bench.Measurements;
using Headgate.Bench.Stores;

namespace Headgate.Bench.Tests;

public class LatencySamplesTests
{
    [Fact]
    public void Figures_OfARound_AreRateAndPercentiles()
    {
        var samples = new Samples();
        new LatencySamples([.. Enumerable.Range(1, 200).Reverse().Select(i => (double)i)], TimeSpan.FromSeconds(4)).AddTo(samples);
        var row = samples.ToRow("x");
        Assert.Equal((50, 100, 198), (row.Median(Metric.CommitsPerSecond), row.Median(Metric.P50Milliseconds), row.Median(Metric.P99Milliseconds)));
    }
}
