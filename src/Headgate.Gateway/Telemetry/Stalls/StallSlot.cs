using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Telemetry.Stalls;

/// <summary>
/// What one thread is doing for requests now. Written by that thread alone, read by the watch: plain writes of words, so that it costs next to nothing.
/// </summary>
internal sealed class StallSlot(StallWatch owner, Thread thread)
{
    private long _busySince;
    private long _segment;

    public StallWatch Owner { get; } = owner;

    public bool IsAlive => thread.IsAlive;

    /// <summary>The request that the thread works for; may lag behind by one when read from another thread.</summary>
    public GatewayContext? Context { get; private set; }

    /// <summary>Timestamp since which the thread works without a break; 0 when it does not.</summary>
    public long BusySince => Volatile.Read(ref _busySince);

    /// <summary>Counts segments, so that a new one with the same beginning is told from the old.</summary>
    public long Segment => Volatile.Read(ref _segment);

    /// <summary>The last segment that the watch counted. The watch's own.</summary>
    public long CountedSegment { get; set; } = -1;

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
}
