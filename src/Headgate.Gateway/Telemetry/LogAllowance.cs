namespace Headgate.Gateway.Telemetry;

/// <summary>Bounds how many lines of a kind are logged each second: whoever can cause them must not fill the disk. Thread-safe.</summary>
/// <param name="mostPerSecond">How many.</param>
/// <param name="time">The clock.</param>
internal sealed class LogAllowance(int mostPerSecond, TimeProvider time)
{
    /// <summary>The most lines of refused credentials in a second, of each scheme.</summary>
    public const int MostRefusals = 10;

    private readonly Lock _lock = new();
    private long _second;
    private long _inSecond;

    /// <summary>For the lines of refused credentials.</summary>
    public static LogAllowance ForRefusals(TimeProvider time) => new(MostRefusals, time);

    /// <summary>Whether a line may be written now.</summary>
    /// <param name="leftOut">How many were not, in the second before, where this is the first since.</param>
    public bool TryTake(out long leftOut)
    {
        long second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock)
        {
            leftOut = second == _second ? 0 : Math.Max(0, _inSecond - mostPerSecond);
            if (second != _second)
                (_second, _inSecond) = (second, 0);
            return ++_inSecond <= mostPerSecond;
        }
    }
}
