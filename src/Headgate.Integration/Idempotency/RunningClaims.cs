namespace Headgate.Integration.Idempotency;

/// <summary>The claims of this process that are being carried out, oldest first: as many as requests under way. Thread-safe.</summary>
internal sealed class RunningClaims
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Claim> _oldestFirst = [];
    private readonly Dictionary<ClaimToken, LinkedListNode<Claim>> _byToken = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _byToken.Count;
        }
    }

    /// <summary>How long the oldest is under way; zero for none.</summary>
    public TimeSpan OldestAt(DateTimeOffset now)
    {
        lock (_lock)
            return _oldestFirst.First is { Value: { } oldest } && oldest.ClaimedAt < now ? now - oldest.ClaimedAt : TimeSpan.Zero;
    }

    public void Begin(Claim claim)
    {
        lock (_lock)
            _byToken.Add(claim.Token, _oldestFirst.AddLast(claim));
    }

    public void End(Claim claim)
    {
        lock (_lock)
        {
            if (_byToken.Remove(claim.Token, out LinkedListNode<Claim>? node))
                _oldestFirst.Remove(node);
        }
    }
}
