namespace Headgate.Gateway.Pipeline;

/// <summary>How many bytes may be taken together by all who ask here. Thread-safe.</summary>
/// <param name="mostBytes">The most bytes.</param>
public sealed class MemoryBudget(long mostBytes)
{
    private long _taken;

    /// <summary>How many are taken.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes bytes, or says that there are none left.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= mostBytes)
            return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
