using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Who calls, as an address: the peer of the connection, or the client that trusted proxies tell of. An IPv4 address mapped into IPv6 is the IPv4 address. Immutable.
/// </summary>
internal sealed class ClientAddress
{
    private const int PrefixBits = 64;

    public ClientAddress(IPAddress? address)
    {
        Address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        Text = Address?.ToString() ?? "unknown";
        LimitKey = KeyOf(Address);
        LimitText = Address is { AddressFamily: AddressFamily.InterNetworkV6 } ? PrefixText(Address) : Text;
    }

    /// <summary>The address; null where the connection has none.</summary>
    public IPAddress? Address { get; }

    /// <summary>The address as text.</summary>
    public string Text { get; }

    /// <summary>
    /// What limits count by: an IPv4 address whole, of an IPv6 address the first 64 bits. A site is given a /64 at the least (RFC 6177), and its hosts choose the
    /// rest themselves, anew for each request if they like.
    /// </summary>
    public UInt128 LimitKey { get; }

    /// <summary>The same as text: <c>192.0.2.7</c>, <c>2001:db8:0:1::/64</c>.</summary>
    public string LimitText { get; }

    private static UInt128 KeyOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is null || !address.TryWriteBytes(bytes, out int length))
            return 0;

        // The IPv4 block of RFC 4291 §2.5.5.2, which no other address is in.
        return length == 4
            ? ((UInt128)0xFFFF << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : (UInt128)BinaryPrimitives.ReadUInt64BigEndian(bytes) << PrefixBits;
    }

    private static string PrefixText(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[(PrefixBits / 8)..].Clear();
        return $"{new IPAddress(bytes)}/{PrefixBits}";
    }
}
