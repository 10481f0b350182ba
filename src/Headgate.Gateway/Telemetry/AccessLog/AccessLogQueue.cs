namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>
/// Lines between the event threads and the writer: blocks of 64 KiB, at most 64 of them (4 MiB). Appending copies the line under a lock and never waits for the writer: when every block
/// is full the line is dropped and counted. Thread-safe.
/// </summary>
internal sealed class AccessLogQueue
{
    /// <summary>The most blocks.</summary>
    public const int MaxChunks = 64;

    private readonly Lock _lock = new();
    private readonly Queue<LogChunk> _full = new(MaxChunks);
    private readonly Stack<LogChunk> _free = new(MaxChunks);
    private LogChunk _current = new();
    private int _chunks = 1;
    private long _dropped;

    /// <summary>Lines that found no place.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Appends a line.</summary>
    /// <returns>Whether the writer should be told: the first line after it had taken all, or a block that got full.</returns>
    public bool Append(ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            bool wasEmpty = _current.Lines == 0 && _full.Count == 0;
            if (_current.TryAppend(line))
                return wasEmpty;
            if (Spare() is not { } next)
            {
                _dropped++;
                return false;
            }

            _full.Enqueue(_current);
            _current = next;
            _current.TryAppend(line);
            return true;
        }
    }

    /// <summary>Takes the oldest block, one that is not full yet as the last; null when there is no line. Give it back with <see cref="Return"/>.</summary>
    public LogChunk? Take()
    {
        lock (_lock)
        {
            if (_full.TryDequeue(out LogChunk? chunk))
                return chunk;
            if (_current.Lines == 0 || Spare() is not { } next)
                return null;
            chunk = _current;
            _current = next;
            return chunk;
        }
    }

    /// <summary>Gives a block back for new lines.</summary>
    public void Return(LogChunk chunk)
    {
        chunk.Clear();
        lock (_lock)
            _free.Push(chunk);
    }

    private LogChunk? Spare()
    {
        if (_free.TryPop(out LogChunk? chunk))
            return chunk;
        if (_chunks == MaxChunks)
            return null;
        _chunks++;
        return new LogChunk();
    }
}
