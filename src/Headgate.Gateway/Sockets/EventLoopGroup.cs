using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Sockets;

/// <summary>The event loops of a process, and which connection goes to which. Thread-safe. Disposing it ends their threads.</summary>
public sealed class EventLoopGroup : IDisposable
{
    private readonly EventLoop[] _loops;
    private uint _next;

    /// <summary>Starts the loops.</summary>
    /// <param name="loops">How many, each a thread; one per processor is what suits.</param>
    /// <param name="runsInline">Whether requests run on the loops' threads; otherwise on the thread pool.</param>
    /// <param name="logger">Told of faults.</param>
    public EventLoopGroup(int loops, bool runsInline, ILogger<EventLoopGroup> logger)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(loops);
        _loops = [.. Enumerable.Range(0, loops).Select(index => new EventLoop(index, runsInline, logger))];
    }

    /// <summary>Whether this system has what the loops need: epoll, which is Linux's.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>How many loops there are.</summary>
    public int Count => _loops.Length;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (EventLoop loop in _loops)
            loop.Dispose();
    }

    /// <summary>The loop of this thread; null when this is no thread of the group.</summary>
    internal EventLoop? Current => EventLoop.Current is { } current && current.Index < _loops.Length && ReferenceEquals(_loops[current.Index], current) ? current : null;

    /// <summary>The next loop in turn.</summary>
    internal EventLoop Next() => _loops[Interlocked.Increment(ref _next) % (uint)_loops.Length];
}
