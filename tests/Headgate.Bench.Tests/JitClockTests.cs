using Headgate.Bench.Subjects;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Bench.Tests;

public sealed class JitClockTests
{
    [Fact]
    public void Metrics_TheTimeSpentOnCompiling_IsRead() =>
        Assert.Equal(TimeSpan.FromSeconds(1.25), JitClock.Of("# TYPE headgate_jit_seconds_total counter\nheadgate_jit_seconds_total 1.25\nheadgate_gc_heap_bytes 7\n"));

    [Fact]
    public void Metrics_OfAGatewayThatDoesNotSay_NoTime() => Assert.Equal(TimeSpan.Zero, JitClock.Of("headgate_gc_heap_bytes 7\n"));

    [Fact]
    public void Metrics_TheGatewaysOwnList_HasTheName() =>
        Assert.Contains(MetricCatalogue.All, metric => metric.Name == "headgate_jit_seconds_total");
}
