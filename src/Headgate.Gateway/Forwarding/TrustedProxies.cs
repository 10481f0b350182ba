using System.Net;

namespace Headgate.Gateway.Forwarding;

/// <summary>The networks whose <c>Forwarded</c> and <c>X-Forwarded-*</c> fields are believed. None by default. Immutable, thread-safe.</summary>
public sealed class TrustedProxies
{
    private readonly IPNetwork[] _networks;

    /// <summary>Makes the list.</summary>
    public TrustedProxies(IEnumerable<IPNetwork> networks) => _networks = [.. networks];

    /// <summary>Nobody is believed.</summary>
    public static TrustedProxies None { get; } = new([]);

    /// <summary>This list and more.</summary>
    internal TrustedProxies With(IReadOnlyCollection<IPNetwork> more) => more.Count == 0 ? this : new(_networks.Concat(more).Distinct());

    /// <summary>The networks, one after the other.</summary>
    public override string ToString() => _networks.Length == 0 ? "none" : string.Join(", ", _networks);

    /// <summary>Whether an address belongs to a trusted network. IPv4 addresses mapped into IPv6 count as IPv4.</summary>
    public bool Contains(IPAddress? address)
    {
        if (_networks.Length == 0 || address is null)
            return false;
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (IPNetwork network in _networks)
        {
            if (network.Contains(plain))
                return true;
        }

        return false;
    }
}
