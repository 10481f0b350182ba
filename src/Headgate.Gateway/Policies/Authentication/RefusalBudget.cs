namespace Headgate.Gateway.Policies.Authentication;

/// <summary>How many refused credentials are told of in a second: whoever sends forgeries must not fill the disk. Thread-safe.</summary>
internal sealed class RefusalBudget(TimeProvider time)
{
    /// <summary>The most in a second.</summary>
    public const int MostPerSecond = 10;

    private readonly Lock _lock = new();
    private long _second;
    private long _inSecond;

    /// <summary>Takes one.</summary>
    /// <param name="leftOut">How many were not told of in the last second in which there were any, when this is the first after it; else 0 or less.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(out long leftOut)
    {
        long second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock)
        {
            leftOut = second == _second ? 0 : _inSecond - MostPerSecond;
            if (second != _second)
                (_second, _inSecond) = (second, 0);
            return ++_inSecond <= MostPerSecond;
        }
    }
}
