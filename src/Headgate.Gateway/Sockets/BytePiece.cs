using System.Runtime.InteropServices;

namespace Headgate.Gateway.Sockets;

/// <summary>The kernel's <c>struct iovec</c>: one piece of what is sent in one call. The memory must be pinned.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BytePiece(nint Start, nuint Count);
