namespace Headgate.Gateway.Policies.ConcurrencyLimit;

/// <summary>The places that a request holds in concurrency limits until its end. Reused with its context. Not thread-safe.</summary>
internal sealed class HeldPlaces
{
    private (ConcurrencyStripe Stripe, ulong Key)[] _places = [];
    private int _count;

    public void Add(ConcurrencyStripe stripe, ulong key)
    {
        if (_places.Length == _count)
            Array.Resize(ref _places, _count + 2);
        _places[_count++] = (stripe, key);
    }

    /// <summary>Gives all of them back. Safe to call again.</summary>
    public void Release()
    {
        while (_count > 0)
        {
            (ConcurrencyStripe stripe, ulong key) = _places[--_count];
            stripe.Leave(key);
        }
    }
}
