using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Headgate.Gateway.Sockets;

/// <summary>The few system calls of Linux that .NET does not offer as they are. All of them are made on sockets that never block.</summary>
internal static partial class Libc
{
    public const int EpollAdd = 1;
    public const int EpollDelete = 2;

    public const uint Readable = 0x001;
    public const uint Writable = 0x004;
    public const uint Error = 0x008;
    public const uint HangUp = 0x010;
    public const uint PeerClosed = 0x2000;
    public const uint EdgeTriggered = 0x80000000;

    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int InProgress = 115;

    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int NoSignal = 0x4000;

    public static SafeFileHandle EpollCreate() => EpollCreate(CloseOnExec);

    public static SafeFileHandle EventFd() => EventFd(0, CloseOnExec | NonBlocking);

    public static nint Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes) => Send(socket, bytes, (nuint)bytes.Length, NoSignal);

    public static nint Receive(SafeSocketHandle socket, Span<byte> bytes) => Receive(socket, bytes, (nuint)bytes.Length, 0);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int EpollControl(SafeFileHandle epoll, int operation, SafeHandle handle, ReadOnlySpan<byte> epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int EpollWait(SafeFileHandle epoll, Span<byte> events, int maxEvents, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Connect(SafeSocketHandle socket, ReadOnlySpan<byte> address, int addressBytes);

    [LibraryImport("libc", EntryPoint = "writev", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint WriteMany(SafeSocketHandle socket, ReadOnlySpan<BytePiece> pieces, int count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Read(SafeFileHandle file, Span<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, nuint count, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Receive(SafeSocketHandle socket, Span<byte> bytes, nuint count, int flags);
}
