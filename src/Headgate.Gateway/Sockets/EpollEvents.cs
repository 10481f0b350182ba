using System.Runtime.InteropServices;

namespace Headgate.Gateway.Sockets;

/// <summary>The kernel's <c>struct epoll_event</c>: 32 bits of events and 64 bits of the caller's own, packed on x86-64 and aligned elsewhere.</summary>
internal static class EpollEvents
{
    private static readonly int s_dataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    /// <summary>Bytes from one event to the next.</summary>
    public static int Stride { get; } = s_dataOffset + sizeof(ulong);

    public static void Write(Span<byte> entry, uint events, ulong data)
    {
        MemoryMarshal.Write(entry, in events);
        MemoryMarshal.Write(entry[s_dataOffset..], in data);
    }

    public static uint EventsOf(ReadOnlySpan<byte> entry) => MemoryMarshal.Read<uint>(entry);

    public static ulong DataOf(ReadOnlySpan<byte> entry) => MemoryMarshal.Read<ulong>(entry[s_dataOffset..]);
}
