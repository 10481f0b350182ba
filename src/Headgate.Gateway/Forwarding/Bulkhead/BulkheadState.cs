using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Bulkhead;

/// <summary>
/// The places for calls to one service. A call that finds none waits in a bounded queue, first come first served. No thread is blocked. Lives from plan to plan. Thread-safe.
/// </summary>
/// <param name="identity">Whose places they are.</param>
internal sealed class BulkheadState(BulkheadIdentity identity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<BulkheadWaiter> _queue = [];
    private int _inFlight;
    private int _mostInFlight;
    private long _atOnce;
    private long _waited;
    private long _refused;
    private long _abandoned;

    public BulkheadIdentity Identity => identity;

    /// <summary>Calls under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Calls that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _queue.Count;
        }
    }

    /// <summary>What became of the calls so far.</summary>
    public (long AtOnce, long Waited, long Refused, long Abandoned) Fates
    {
        get
        {
            lock (_lock)
                return (_atOnce, _waited, _refused, _abandoned);
        }
    }

    /// <summary>Whether a call that came now would have a place, at once or after a wait.</summary>
    public bool HasRoom(int mostInFlight, int mostWaiting)
    {
        lock (_lock)
            return _inFlight < mostInFlight || _queue.Count < mostWaiting;
    }

    /// <summary>Takes a place, waiting for it where there is none. A reload may have changed the bounds: each call brings those of its plan.</summary>
    /// <returns>Whether there is one; it is given back by <see cref="Leave"/>.</returns>
    public ValueTask<bool> EnterAsync(GatewayContext context, int mostInFlight, int mostWaiting, TimeSpan mostWait)
    {
        BulkheadWaiter waiter;
        lock (_lock)
        {
            _mostInFlight = mostInFlight;
            if (_inFlight < mostInFlight && _queue.Count == 0)
            {
                _inFlight++;
                _atOnce++;
                return new ValueTask<bool>(true);
            }

            if (_queue.Count >= mostWaiting || mostWait <= TimeSpan.Zero)
            {
                _refused++;
                return new ValueTask<bool>(false);
            }

            waiter = new BulkheadWaiter(this);
            _queue.AddLast(waiter.Node);
        }

        return WaitAsync(waiter, context, mostWait);
    }

    /// <summary>Gives a place back: the first of the queue has it, if more may be under way; several have one where a reload made more.</summary>
    public void Leave()
    {
        lock (_lock)
            _inFlight--;
        while (TakeNext() is { } next)
            next.Complete(hasPlace: true);
    }

    /// <summary>A waiting call no longer wants a place: its time is over, or its client is gone.</summary>
    public void GiveUp(BulkheadWaiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Node.List is null)
                return;
            _queue.Remove(waiter.Node);
        }

        waiter.Complete(hasPlace: false);
    }

    private BulkheadWaiter? TakeNext()
    {
        lock (_lock)
        {
            if (_queue.First is not { } first || _inFlight >= _mostInFlight)
                return null;
            _queue.Remove(first);
            _inFlight++;
            _waited++;
            return first.Value;
        }
    }

    private async ValueTask<bool> WaitAsync(BulkheadWaiter waiter, GatewayContext context, TimeSpan mostWait)
    {
        context.ListenForAbort(waiter);
        await using ITimer timer = context.Clock.CreateTimer(static state => ((BulkheadWaiter)state!).OnTimeOver(), waiter, mostWait, Timeout.InfiniteTimeSpan);
        bool hasPlace = await waiter.Task;
        context.ListenForAbort(null);
        if (!hasPlace)
            Interlocked.Increment(ref context.ClientGone ? ref _abandoned : ref _refused);
        return hasPlace;
    }
}
