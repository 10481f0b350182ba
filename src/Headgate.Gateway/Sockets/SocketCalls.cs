using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Headgate.Gateway.Sockets;

/// <summary>Receiving and sending as the operating system offers it, with results in place of error numbers: those of <see cref="EventSocket"/>. Thread-safe.</summary>
internal static class SocketCalls
{
    private const int OnceMore = -3;

    public static int Receive(SafeSocketHandle socket, Span<byte> destination)
    {
        try
        {
            int result;
            do
                result = Result(Libc.Receive(socket, destination));
            while (result == OnceMore);
            return result;
        }
        catch (ObjectDisposedException)
        {
            return EventSocket.Failed;
        }
    }

    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes)
    {
        try
        {
            int result;
            do
                result = Result(Libc.Send(socket, bytes));
            while (result == OnceMore);
            return result;
        }
        catch (ObjectDisposedException)
        {
            return EventSocket.Failed;
        }
    }

    public static int Send(SafeSocketHandle socket, ReadOnlySpan<BytePiece> pieces)
    {
        try
        {
            int result;
            do
                result = Result(Libc.WriteMany(socket, pieces, pieces.Length));
            while (result == OnceMore);
            return result;
        }
        catch (ObjectDisposedException)
        {
            return EventSocket.Failed;
        }
    }

    private static int Result(nint count) => count >= 0 ? (int)count : Marshal.GetLastPInvokeError() switch
    {
        Libc.TryAgain => EventSocket.NothingYet,
        Libc.Interrupted => OnceMore,
        _ => EventSocket.Failed,
    };
}
