using System.Net;
using Headgate.Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Finds the client's address of the requests of one connection: the peer's, or, while the hop before is a trusted proxy, the one that it tells of, read from the
/// right. What stands left of the first untrusted address anybody may have written, and is not looked at. Not thread-safe.
/// </summary>
internal sealed class ClientAddressReader(ClientRequest request)
{
    private ClientAddress? _peer;
    private ClientAddress? _client;
    private TrustedProxies? _proxies;
    private bool _peerIsTrusted;
    private StringValues _told;
    private bool _toldByForwarded;

    /// <summary>The client's address; made anew only when the fields tell another than in the request before.</summary>
    public ClientAddress Read(TrustedProxies proxies)
    {
        _peer ??= new ClientAddress(request.PeerAddress);
        if (!ReferenceEquals(_proxies, proxies))
            (_proxies, _peerIsTrusted, _client) = (proxies, proxies.Contains(_peer.Address), null);
        if (!_peerIsTrusted)
            return _peer;

        StringValues told = request.Headers["X-Forwarded-For"];
        bool isForwarded = told.Count == 0;
        if (isForwarded)
            told = request.Headers["Forwarded"];
        if (_client is null || isForwarded != _toldByForwarded || !Same(told, _told))
            (_client, _told, _toldByForwarded) = (Resolve(proxies, told, isForwarded), told, isForwarded);
        return _client;
    }

    private static bool Same(StringValues told, StringValues before) =>
        told.Count == 1 && before.Count == 1 ? string.Equals(told[0], before[0], StringComparison.Ordinal) : told.Count == 0 && before.Count == 0;

    private ClientAddress Resolve(TrustedProxies proxies, StringValues told, bool isForwarded)
    {
        IPAddress current = _peer!.Address!;
        for (int line = told.Count - 1; line >= 0; line--)
        {
            ReadOnlySpan<char> rest = told[line];
            while (ForwardedNode.TakeLast(ref rest, out ReadOnlySpan<char> element))
            {
                ReadOnlySpan<char> node = isForwarded ? ForwardedNode.ForOf(element) : element;
                if (ForwardedNode.Parse(node) is not { } address)
                    return new ClientAddress(current);
                current = address;
                if (!proxies.Contains(current))
                    return new ClientAddress(current);
            }
        }

        return new ClientAddress(current);
    }
}
