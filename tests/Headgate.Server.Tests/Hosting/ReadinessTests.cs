using Headgate.Server.Hosting;

namespace Headgate.Server.Tests.Hosting;

/// <summary>Who may say that an instance wants no traffic, and take it back.</summary>
public class ReadinessTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Drained_ByHand_IsTakenBack()
    {
        var readiness = new Readiness();
        Assert.Equal(ReadinessState.Starting, readiness.State);
        readiness.BecomeReady();
        Assert.Equal((true, false, ReadinessState.Draining, s_now), (readiness.Drain(s_now), readiness.Drain(s_now.AddHours(1)), readiness.State, readiness.DrainedSince));
        Assert.Equal((true, false, ReadinessState.Ready), (readiness.Undrain(), readiness.Undrain(), readiness.State));
        Assert.Null(readiness.DrainedSince);
    }

    [Fact]
    public void Drained_BeforeItIsOpen_StaysSo()
    {
        var readiness = new Readiness();
        readiness.Drain(s_now);
        readiness.BecomeReady();
        Assert.Equal(ReadinessState.Draining, readiness.State);
    }

    [Fact]
    public void Stopping_IsNotTakenBack()
    {
        var readiness = new Readiness();
        readiness.BecomeReady();
        readiness.Drain(s_now);
        readiness.BeginStopping();
        readiness.Undrain();
        Assert.Equal((true, ReadinessState.Draining), (readiness.IsStopping, readiness.State));
    }
}
