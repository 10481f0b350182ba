using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Headgate.Gateway.Policies.AddressList;

/// <summary>Networks as sorted, disjoint ranges, so that a long list costs no more than some comparisons. IPv4 and IPv6 are apart: <c>::/0</c> means no IPv4 address. Immutable.</summary>
internal sealed class AddressRanges
{
    private readonly (UInt128 First, UInt128 Last)[] _ipv4;
    private readonly (UInt128 First, UInt128 Last)[] _ipv6;

    public AddressRanges(IEnumerable<IPNetwork> networks)
    {
        ILookup<bool, (UInt128, UInt128)> ranges = networks.Select(Plain).ToLookup(network => IsIPv4(network.BaseAddress), RangeOf);
        (_ipv4, _ipv6) = (Merge(ranges[true]), Merge(ranges[false]));
    }

    public bool IsEmpty => _ipv4.Length == 0 && _ipv6.Length == 0;

    /// <summary>Whether an address, not mapped, is in one of the networks.</summary>
    public bool Contains(IPAddress address)
    {
        (UInt128 First, UInt128 Last)[] ranges = IsIPv4(address) ? _ipv4 : _ipv6;
        UInt128 value = ValueOf(address);
        int low = 0;
        int high = ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (value > ranges[middle].Last)
                low = middle + 1;
            else if (value < ranges[middle].First)
                high = middle - 1;
            else
                return true;
        }

        return false;
    }

    private static bool IsIPv4(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork;

    // RFC 4291 §2.5.5.2: ::ffff:10.0.0.0/104 is 10.0.0.0/8.
    private static IPNetwork Plain(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= 96 ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - 96) : network;

    private static (UInt128 First, UInt128 Last) RangeOf(IPNetwork network)
    {
        UInt128 first = ValueOf(network.BaseAddress);
        int hostBits = (IsIPv4(network.BaseAddress) ? 32 : 128) - network.PrefixLength;
        return (first, first | (hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1));
    }

    private static UInt128 ValueOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static (UInt128 First, UInt128 Last)[] Merge(IEnumerable<(UInt128 First, UInt128 Last)> ranges)
    {
        var merged = new List<(UInt128 First, UInt128 Last)>();
        foreach ((UInt128 first, UInt128 last) in ranges.Order())
        {
            if (merged is [.., var before] && first <= before.Last)
                merged[^1] = (before.First, UInt128.Max(before.Last, last));
            else
                merged.Add((first, last));
        }

        return [.. merged];
    }
}
