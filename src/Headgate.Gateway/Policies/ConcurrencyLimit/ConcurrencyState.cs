namespace Headgate.Gateway.Policies.ConcurrencyLimit;

/// <summary>The requests under way of the consumers of one limit. Has an entry only for consumers with a request under way, so it is as small as they are few. Thread-safe.</summary>
internal sealed class ConcurrencyState
{
    private const int Stripes = 16;

    private static int s_states;

    private readonly ConcurrencyStripe[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new ConcurrencyStripe())];

    /// <summary>Its place in the order in which limits are locked.</summary>
    public int Order { get; } = Interlocked.Increment(ref s_states);

    /// <summary>The requests under way of all consumers.</summary>
    public long InFlight => _stripes.Sum(stripe => stripe.InFlight);

    /// <summary>All consumers with a request under way.</summary>
    public List<(ulong Key, int UnderWay)> Read()
    {
        var consumers = new List<(ulong, int)>();
        foreach (ConcurrencyStripe stripe in _stripes)
            stripe.CopyTo(consumers);
        return consumers;
    }

    public ConcurrencyStripe StripeOf(ulong key) => _stripes[key & (Stripes - 1)];
}
