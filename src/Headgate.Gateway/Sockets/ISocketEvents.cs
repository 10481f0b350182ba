namespace Headgate.Gateway.Sockets;

/// <summary>Who is told when a direction of an <see cref="EventSocket"/> for which it waits may be ready. The calls come on the socket's loop, or on the thread pool where that is wanted and after a close.</summary>
internal interface ISocketEvents
{
    /// <summary>There may be bytes, or the end, to receive.</summary>
    void OnReadable();

    /// <summary>There may be room to send.</summary>
    void OnWritable();

    /// <summary>The peer has closed its side, or the connection is broken; there may be bytes left. Told once, whether or not anybody waits, and always on the loop.</summary>
    void OnEnded()
    {
    }
}
