namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>A clock that stands until a test moves it. One tick of its timestamps is 100 ns.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero).AddTicks(GetTimestamp() - TimeSpan.TicksPerDay);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
