namespace Commerce.Shared.Events;

/// <summary>How long to wait before the next try: longer after each failure, with a part at random, so that services do not all return at once.</summary>
internal sealed class Backoff(TimeProvider clock)
{
    private const double Jitter = 0.3;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan _next = First;

    /// <summary>Whether nothing has failed since something worked: trouble is told once.</summary>
    public bool IsFirst => _next == First;

    /// <summary>Something worked.</summary>
    public void Reset() => _next = First;

    /// <summary>Waits.</summary>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var delay = _next * (1 + (Jitter * Random.Shared.NextDouble()));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return Task.Delay(delay, clock, cancellationToken);
    }
}
