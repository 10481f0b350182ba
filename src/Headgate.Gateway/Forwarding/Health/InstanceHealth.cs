namespace Headgate.Gateway.Forwarding.Health;

/// <summary>
/// What is known of how well an instance is. While it serves a call costs two reads and no write. Lives as long as its instance. Changed under the lock of its <see cref="ServiceHealth"/>; read by
/// all threads.
/// </summary>
internal sealed class InstanceHealth
{
    /// <summary>The share of traffic, in 1,024ths, with which an instance comes back.</summary>
    public const int LeastShare = WholeShare / 10;

    /// <summary>The share of an instance that is fully back.</summary>
    public const int WholeShare = 1024;

    private long _outUntil;
    private long _backSince = long.MinValue;
    private int _failuresInARow;
    private long _goodChecks;
    private long _badChecks;

    /// <summary>Failures one after the other, up to the latest call.</summary>
    public int FailuresInARow => Volatile.Read(ref _failuresInARow);

    /// <summary>How often it was left out for failures in a row of times.</summary>
    public int EjectionsInARow { get; private set; }

    /// <summary>Until when it is left out for failures, in nanoseconds.</summary>
    public long EjectedUntil { get; private set; }

    /// <summary>Whether the checks say that it is not well.</summary>
    public bool IsUnhealthy { get; private set; }

    /// <summary>Checks that were good, and that were bad.</summary>
    public (long Good, long Bad) Checks => (Volatile.Read(ref _goodChecks), Volatile.Read(ref _badChecks));

    /// <summary>Failures since the window began over which a share is taken.</summary>
    public int FailuresInWindow { get; private set; }

    /// <summary>The calls that had begun when that window began.</summary>
    public uint CallsBeforeWindow { get; private set; }

    /// <summary>Until when it is left out, in nanoseconds; <see cref="long.MaxValue"/> while checks say that it is not well.</summary>
    public long OutUntil => Volatile.Read(ref _outUntil);

    /// <summary>Whether it is left out.</summary>
    public bool IsOut(long now) => OutUntil > now;

    /// <summary>Its share of traffic, in 1,024ths: it grows from a tenth to the whole in the time after it came back.</summary>
    /// <param name="now">Now, in nanoseconds.</param>
    /// <param name="slowStart">How long that takes, in nanoseconds.</param>
    public int ShareAt(long now, long slowStart)
    {
        long since = Volatile.Read(ref _backSince);
        if (since == long.MinValue || now - since >= slowStart)
            return WholeShare;
        return Math.Max(LeastShare, (int)((now - since) * WholeShare / slowStart));
    }

    /// <summary>A call succeeded.</summary>
    public void Succeeded()
    {
        if (FailuresInARow != 0)
            Volatile.Write(ref _failuresInARow, 0);
    }

    /// <summary>A call failed.</summary>
    public void Failed()
    {
        FailuresInWindow++;
        Volatile.Write(ref _failuresInARow, _failuresInARow + 1);
    }

    /// <summary>Counts a check.</summary>
    public void Checked(bool isGood) => Interlocked.Increment(ref isGood ? ref _goodChecks : ref _badChecks);

    /// <summary>Begins a window over which a share of failures is taken.</summary>
    public void BeginWindow(uint calls) => (FailuresInWindow, CallsBeforeWindow) = (0, calls);

    /// <summary>Leaves it out.</summary>
    public void Eject(long until, int inARow)
    {
        (EjectedUntil, EjectionsInARow) = (until, inARow);
        Volatile.Write(ref _failuresInARow, 0);
        Volatile.Write(ref _backSince, until);
        Publish();
    }

    /// <summary>Takes note of what the checks say.</summary>
    public void SetUnhealthy(bool isUnhealthy, long now)
    {
        IsUnhealthy = isUnhealthy;
        if (!isUnhealthy)
            Volatile.Write(ref _backSince, Math.Max(now, EjectedUntil));
        Publish();
    }

    private void Publish() => Volatile.Write(ref _outUntil, IsUnhealthy ? long.MaxValue : EjectedUntil);
}
