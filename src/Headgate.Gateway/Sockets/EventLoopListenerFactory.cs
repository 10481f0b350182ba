using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Sockets;

/// <summary>Opens Kestrel's listeners so that their connections lie on event loops. Registered as a service it takes the place of Kestrel's own transport. Thread-safe.</summary>
/// <param name="loops">The loops.</param>
/// <param name="time">Clock of the rest that accepting takes while the process has no file left to open.</param>
/// <param name="logger">Told of connections that could not be accepted.</param>
public sealed class EventLoopListenerFactory(EventLoopGroup loops, TimeProvider time, ILogger<EventLoopListenerFactory> logger) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Socket socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        try
        {
            socket.Listen();
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(exception.Message, exception);
        }

        return new ValueTask<IConnectionListener>(new EventLoopListener(socket, loops, time, logger));
    }
}
