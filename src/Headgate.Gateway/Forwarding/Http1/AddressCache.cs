using System.Net;
using System.Net.Sockets;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The addresses of one host name, resolved again after a short time: the resolver of the operating system does not tell how long an answer holds. Thread-safe.
/// </summary>
internal sealed class AddressCache
{
    private readonly string _host;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private Entry? _entry;

    public AddressCache(string host, TimeSpan lifetime, TimeProvider time)
    {
        _host = host;
        _lifetime = lifetime;
        _time = time;

        // An address literal needs no resolver, ever.
        if (IPAddress.TryParse(host, out IPAddress? literal))
            _entry = new Entry([literal], long.MaxValue);
    }

    /// <summary>The addresses; empty when the name does not exist.</summary>
    public async ValueTask<IPAddress[]> GetAsync(CancellationToken cancellationToken)
    {
        Entry? entry = Volatile.Read(ref _entry);
        if (entry is not null && (entry.ResolvedAt == long.MaxValue || _time.GetElapsedTime(entry.ResolvedAt) < _lifetime))
            return entry.Addresses;
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(_host, cancellationToken);
            Volatile.Write(ref _entry, new Entry(addresses, _time.GetTimestamp()));
            return addresses;
        }
        catch (SocketException)
        {
            // Known addresses are better than none while the resolver is out of order.
            return entry?.Addresses ?? [];
        }
    }

    /// <summary>Makes the next call resolve anew, after a connection to an address failed.</summary>
    public void Invalidate()
    {
        if (Volatile.Read(ref _entry) is { ResolvedAt: not long.MaxValue } entry)
            Volatile.Write(ref _entry, entry with { ResolvedAt = 0 });
    }

    private sealed record Entry(IPAddress[] Addresses, long ResolvedAt);
}
