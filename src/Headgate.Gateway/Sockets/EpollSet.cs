using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Headgate.Gateway.Sockets;

/// <summary>An epoll(7) set and the events of its last wait. Adding and removing is thread-safe; waiting is one thread's.</summary>
internal sealed class EpollSet : IDisposable
{
    // The kernel's struct epoll_event: 32 bits of events and 64 bits of our own, packed on x86-64 and aligned elsewhere.
    private static readonly int s_keyOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? sizeof(uint) : sizeof(ulong);
    private static readonly int s_entryBytes = s_keyOffset + sizeof(ulong);

    private readonly SafeFileHandle _set = Libc.EpollCreate();
    private readonly byte[] _events;
    private readonly int _mostEvents;

    /// <param name="mostEvents">The most events that one wait takes.</param>
    public EpollSet(int mostEvents)
    {
        if (_set.IsInvalid)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        _mostEvents = mostEvents;
        _events = GC.AllocateArray<byte>(mostEvents * s_entryBytes, pinned: true);
    }

    /// <summary>The set itself, which another can watch.</summary>
    public SafeHandle Handle => _set;

    /// <summary>Begins to watch.</summary>
    /// <exception cref="Win32Exception">The system has no room for it.</exception>
    public void Add(SafeHandle handle, uint events, ulong key)
    {
        Span<byte> entry = stackalloc byte[s_entryBytes];
        MemoryMarshal.Write(entry, in events);
        MemoryMarshal.Write(entry[s_keyOffset..], in key);
        if (Libc.EpollControl(_set, Libc.EpollAdd, handle, entry) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Stops watching what stays open; what is closed leaves the set by itself.</summary>
    public void Remove(SafeHandle handle) => _ = Libc.EpollControl(_set, Libc.EpollDelete, handle, default);

    /// <summary>Waits for events, for so many milliseconds, for ever (-1) or not at all (0).</summary>
    /// <returns>How many there are.</returns>
    public int Wait(int milliseconds)
    {
        int count = Libc.EpollWait(_set, _events, _mostEvents, milliseconds);
        if (count >= 0)
            return count;
        int error = Marshal.GetLastPInvokeError();
        return error == Libc.Interrupted ? 0 : throw new Win32Exception(error);
    }

    /// <summary>One of the events of the last wait: what happened, and to whom.</summary>
    public (uint Events, ulong Key) EventAt(int index)
    {
        ReadOnlySpan<byte> entry = _events.AsSpan(index * s_entryBytes, s_entryBytes);
        return (MemoryMarshal.Read<uint>(entry), MemoryMarshal.Read<ulong>(entry[s_keyOffset..]));
    }

    public void Dispose() => _set.Dispose();
}
