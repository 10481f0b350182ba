namespace Commerce.Tests.Support;

/// <summary>A clock that tests set forward. Its timers are the system's: they keep real time.</summary>
internal sealed class MovableClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Advance(TimeSpan time) => _ahead += time;
}
