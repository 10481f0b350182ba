using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Telemetry.Stalls;

/// <summary>
/// What one thread is doing for requests now. Written by that thread alone, read by the watch: plain writes of words, so that it costs next to nothing.
/// </summary>
internal sealed class StallSlot(StallWatch owner, Thread thread)
{
    /// <summary>The thread works since a time that nobody measured.</summary>
    public const long SinceFirstLook = -1;

    private long _busySince;
    private long _segment;

    // The watch's own.
    private long _countedSegment = -1;
    private long _lookedAtSegment = -1;
    private long _firstLookAt;

    public StallWatch Owner { get; } = owner;

    public bool IsAlive => thread.IsAlive;

    /// <summary>The request that the thread works for; may lag behind by one when read from another thread.</summary>
    public GatewayContext? Context { get; private set; }

    public bool IsBusy => _busySince != 0;

    /// <summary>Counts segments, so that a new one with the same beginning is told from the old.</summary>
    public long Segment => Volatile.Read(ref _segment);

    public void Begin(GatewayContext context, long since)
    {
        Context = context;
        Volatile.Write(ref _segment, _segment + 1);
        Volatile.Write(ref _busySince, since);
    }

    public void End()
    {
        Volatile.Write(ref _busySince, 0);
        Context = null;
    }

    /// <summary>Since when the thread has worked without a break; 0 when it does not. The watch's.</summary>
    public long LookAt(long now)
    {
        long segment = Segment;
        long since = Volatile.Read(ref _busySince);
        if (since == 0)
            return 0;
        if (segment != _lookedAtSegment)
            (_lookedAtSegment, _firstLookAt) = (segment, now);
        return since == SinceFirstLook ? _firstLookAt : since;
    }

    /// <summary>
    /// Whether the segment that was looked at is still the thread's and is counted for the first time. The watch's.
    /// </summary>
    public bool TryCount()
    {
        bool counts = Segment == _lookedAtSegment && Volatile.Read(ref _busySince) != 0 && _countedSegment != _lookedAtSegment;
        if (counts)
            _countedSegment = _lookedAtSegment;
        return counts;
    }
}
