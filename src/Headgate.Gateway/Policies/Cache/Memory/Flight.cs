namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>One call to an upstream for which several requests wait (RFC 9111 §4: collapsed forwarding). Thread-safe.</summary>
/// <param name="target">What is asked for.</param>
internal sealed class Flight(CacheTarget target)
{
    // On threads of their own: a thousand may wait, and who ends it may hold an event thread.
    private readonly TaskCompletionSource<FlightEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _followers;

    public CacheTarget Target { get; } = target;

    /// <summary>Completes with the end of the waiting: when the head of the answer is there, or none will come.</summary>
    public Task<FlightEnd> End => _end.Task;

    public bool HasFollowers => Volatile.Read(ref _followers) > 0;

    public void Follow() => Interlocked.Increment(ref _followers);

    /// <summary>Ends it. A further call changes nothing.</summary>
    public void TryEnd(FlightEnd end) => _end.TrySetResult(end);
}
