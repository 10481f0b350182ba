using System.Net;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Sockets;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Makes connections: resolves the name and tries its addresses in turn until one accepts. Thread-safe, stateless.</summary>
internal static class UpstreamConnector
{
    /// <summary>Connects within <paramref name="timeout"/>. Not on the hot path: it may allocate.</summary>
    public static async ValueTask<ConnectResult> ConnectAsync(ConnectionPool pool, TimeSpan timeout, TimeProvider time, CancellationToken clientGone)
    {
        if (!pool.TryReserve())
            return new ConnectResult(null, ErrorCatalogue.UpstreamUnavailable);

        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, clientGone);
        EventLoop loop = pool.Loops.Current ?? pool.Loops.Next();
        EventSocket? socket = null;
        GatewayErrorKind error = ErrorCatalogue.UpstreamConnectFailed;
        try
        {
            IPAddress[] addresses = await pool.Addresses.GetAsync(either.Token);
            if (addresses.Length == 0)
                error = ErrorCatalogue.UpstreamDnsFailed;
            socket = await ConnectToFirstAsync(addresses, pool.Instance.Url.Port, loop, either.Token);
        }
        catch (OperationCanceledException)
        {
            error = clientGone.IsCancellationRequested ? ErrorCatalogue.ClientClosedRequest : ErrorCatalogue.UpstreamConnectTimeout;
        }

        if (socket is not null)
            return new ConnectResult(pool.Add(socket), null);
        pool.CancelReservation();
        pool.Addresses.Invalidate();
        return new ConnectResult(null, error);
    }

    private static async ValueTask<EventSocket?> ConnectToFirstAsync(IPAddress[] addresses, int port, EventLoop loop, CancellationToken cancellationToken)
    {
        foreach (IPAddress address in addresses)
        {
            if (await SocketConnector.ConnectAsync(new IPEndPoint(address, port), loop, cancellationToken) is { } socket)
                return socket;
        }

        return null;
    }
}
