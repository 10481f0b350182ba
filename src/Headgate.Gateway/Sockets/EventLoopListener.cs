using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Sockets;

/// <summary>One open port. Its connections go to the loops in turn.</summary>
internal sealed class EventLoopListener(Socket socket, EventLoopGroup loops, TimeProvider time, ILogger logger) : IConnectionListener
{
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(50);

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                Socket accepted = await socket.AcceptAsync(cancellationToken);
                if (TryStart(accepted) is { } connection)
                    return connection;
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException error)
            {
                // Either the connection was reset while it stood in the queue, and the next one may be sound; or the process has no file left to open, which wants time.
                SocketsLog.NotAccepted(logger, error.SocketErrorCode);
                if (error.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
                    await Task.Delay(s_rest, time, cancellationToken);
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private ClientConnection? TryStart(Socket accepted)
    {
        try
        {
            accepted.NoDelay = true;
            var connection = new ClientConnection(accepted, loops.Next());
            connection.Start();
            return connection;
        }
        catch (SocketException)
        {
            accepted.Dispose();
            return null;
        }
    }
}
