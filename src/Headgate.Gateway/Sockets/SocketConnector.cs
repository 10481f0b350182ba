using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// One attempt to connect, watched by the loop on which the connection will live. Sockets that .NET connects asynchronously stay with its own event
/// threads, which would then wake up for every message. One per attempt.
/// </summary>
internal sealed class SocketConnector : ISocketEvents
{
    private readonly TaskCompletionSource _ready = new();

    private SocketConnector()
    {
    }

    /// <summary>Connects; null when the peer refuses or cannot be reached.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<EventSocket?> ConnectAsync(IPEndPoint address, EventLoop loop, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connector = new SocketConnector();
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var watched = new EventSocket(socket, loop, connector, isUpstream: true);
        try
        {
            SocketAddress target = address.Serialize();
            int result = Libc.Connect(socket.SafeHandle, target.Buffer.Span[..target.Size], target.Size);
            if (result != 0 && Marshal.GetLastPInvokeError() != Libc.InProgress)
                return CloseFailed(watched);
            loop.Add(watched);
            if (!watched.IsWritableOrWait())
                await connector._ready.Task.WaitAsync(cancellationToken);
            return (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! == 0 ? watched : CloseFailed(watched);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or Win32Exception)
        {
            watched.Close();
            if (error is OperationCanceledException)
                throw;
            return null;
        }
    }

    // What comes before the connection has its owner is latched.
    public void OnReadable()
    {
    }

    public void OnWritable() => _ready.TrySetResult();

    private static EventSocket? CloseFailed(EventSocket socket)
    {
        socket.Close();
        return null;
    }
}
