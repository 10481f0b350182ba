using System.Net;
using System.Net.Sockets;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The addresses of one host name, resolved again after a short time: the resolver of the operating system does not tell how long an answer holds. Thread-safe.
/// </summary>
internal sealed class AddressCache
{
    private readonly string _host;
    private readonly SocketTransportOptions _options;
    private readonly TimeProvider _time;
    private readonly IPAddress[]? _literal;
    private Entry? _entry;

    public AddressCache(string host, SocketTransportOptions options, TimeProvider time)
    {
        _host = host;
        _options = options;
        _time = time;

        // An address literal needs no resolver, ever.
        if (IPAddress.TryParse(host, out IPAddress? literal))
            _literal = [literal];
    }

    /// <summary>The addresses; empty when the name does not exist.</summary>
    public async ValueTask<IPAddress[]> GetAsync(CancellationToken cancellationToken)
    {
        if (_literal is not null)
            return _literal;
        Entry? entry = Volatile.Read(ref _entry);
        if (entry is { IsInDoubt: false } && _time.GetElapsedTime(entry.ResolvedAt) < _options.AddressLifetime)
            return entry.Addresses;
        try
        {
            IPAddress[] addresses = await _options.Resolve(_host, cancellationToken);
            Volatile.Write(ref _entry, new Entry(addresses, _time.GetTimestamp(), IsInDoubt: false));
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
        if (Volatile.Read(ref _entry) is { } entry)
            Volatile.Write(ref _entry, entry with { IsInDoubt = true });
    }

    private sealed record Entry(IPAddress[] Addresses, long ResolvedAt, bool IsInDoubt);
}
