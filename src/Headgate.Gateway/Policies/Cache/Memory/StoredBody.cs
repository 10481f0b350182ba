namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>
/// The bytes of an answer, written once and read by many, also while they come. They lie in pooled buffers, which go back when the last who holds the body lets it go. A body
/// that is kept grows up to its bound; one that is not (or no longer) is a window: what every reader has read is given back, and the writer waits for the slowest.
/// Thread-safe; one writer.
/// </summary>
internal sealed class StoredBody
{
    /// <summary>How much of a body that is not kept lies in memory at most before its upstream waits.</summary>
    public const int WindowBytes = 256 * 1024;

    private readonly CacheMemory _memory;
    private readonly Lock _lock = new();
    private readonly List<BodyReader> _readers = [];
    private readonly int _segmentBytes;
    private readonly long _mostBytes;
    private byte[][] _segments = new byte[1][];
    private int _segmentCount;
    private int _holders = 1;
    private int _state;
    private long _length;
    private long _dropped;
    private TaskCompletionSource? _progress;
    private TaskCompletionSource? _room;

    /// <param name="memory">Where its buffers come from.</param>
    /// <param name="declaredLength">The length that the answer declares; null for none.</param>
    /// <param name="mostBytes">The most bytes that are kept; 0 for a window from the beginning.</param>
    public StoredBody(CacheMemory memory, long? declaredLength, long mostBytes)
    {
        (_memory, _mostBytes, DeclaredLength) = (memory, mostBytes, declaredLength);
        _segmentBytes = CacheMemory.SegmentBytesFor(declaredLength);
        IsWindow = mostBytes == 0;
    }

    public long? DeclaredLength { get; }

    public BodyState State => (BodyState)Volatile.Read(ref _state);

    public bool IsComplete => State == BodyState.Complete;

    /// <summary>Whether it is a window: it is not in the table, or will be taken out of it.</summary>
    public bool IsWindow { get; private set; }

    /// <summary>Whether it is filled although nobody reads it.</summary>
    public bool FillsUnread { get; set; }

    /// <summary>Told when nobody wants the rest any more; on the thread of who was the last.</summary>
    public Action? Unwanted { get; set; }

    /// <summary>The bytes that are there, or were.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>The whole length where it is known; else null.</summary>
    public long? TotalLength => IsComplete ? Length : DeclaredLength;

    /// <summary>The exception for which it broke off; null for an upstream's doing.</summary>
    public Exception? Fault { get; set; }

    /// <summary>When its last byte came, by the clock of timings; 0 before.</summary>
    public long EndedAt { get; set; }

    /// <summary>Whether only the table holds it.</summary>
    public bool IsIdle => Volatile.Read(ref _holders) == 1;

    /// <summary>Holds the body for as long as it is read. Only for who has it from somebody that holds it.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Lets go of it: the last gives its buffers back.</summary>
    public void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
            return;
        foreach (byte[] segment in _segments.AsSpan(0, _segmentCount))
            _memory.Return(segment);
        (_segments, _segmentCount) = ([], 0);
    }

    /// <summary>Counts a reader in, so that what it has not read yet stays.</summary>
    /// <returns>Null when the beginning is gone already.</returns>
    public BodyReader? Enter()
    {
        var reader = new BodyReader();
        lock (_lock)
        {
            if (_dropped > 0)
                return null;
            _readers.Add(reader);
        }

        return reader;
    }

    /// <summary>Counts a reader out. A body that comes for nobody any more stops coming.</summary>
    public void Leave(BodyReader reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
            Trim();
        }

        if (State == BodyState.Filling && !IsWanted)
            Unwanted?.Invoke();
    }

    /// <summary>Whether there is any use in going on: who wrote it may stop otherwise.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_lock)
                return _readers.Count > 0 || (FillsUnread && !IsWindow);
        }
    }

    /// <summary>Adds bytes. A body that outgrows its bound, or the cache's memory, becomes a window.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            while (!bytes.IsEmpty)
            {
                int used = (int)(_length % _segmentBytes);
                Span<byte> room = SegmentFor(_length).AsSpan(used);
                int count = Math.Min(room.Length, bytes.Length);
                bytes[..count].CopyTo(room);
                bytes = bytes[count..];
                Volatile.Write(ref _length, _length + count);
            }

            IsWindow |= _length > _mostBytes;
        }
    }

    /// <summary>Lets readers know of what was added, and waits while a window is full.</summary>
    public ValueTask FlushAsync()
    {
        Task wait;
        lock (_lock)
        {
            Signal(ref _progress);
            Trim();
            if (!IsFull())
                return ValueTask.CompletedTask;
            wait = (_room ??= NewSignal()).Task;
        }

        return new ValueTask(wait);
    }

    /// <summary>Ends the writing.</summary>
    public void End(bool isWhole, long endedAt)
    {
        lock (_lock)
        {
            EndedAt = endedAt;
            Volatile.Write(ref _state, (int)(isWhole ? BodyState.Complete : BodyState.BrokenOff));
            Signal(ref _progress);
        }
    }

    /// <summary>What there is at a position, up to the end of a buffer; empty when there is nothing yet, or nothing more.</summary>
    public ReadOnlyMemory<byte> PeekAt(long position)
    {
        // Of a complete body nothing changes any more but that it is let go, and who reads it holds it.
        if (IsComplete && !IsWindow)
            return SliceAt(position);
        lock (_lock)
            return SliceAt(position);
    }

    /// <summary>Says that a reader has no more need of what is before a position.</summary>
    public void Advance(BodyReader reader, long position)
    {
        lock (_lock)
        {
            reader.Position = position;
            Trim();
        }
    }

    /// <summary>Completes when there is more than up to a position, or nothing more will come.</summary>
    public Task WhenBeyond(long position)
    {
        lock (_lock)
            return _length > position || State != BodyState.Filling ? Task.CompletedTask : (_progress ??= NewSignal()).Task;
    }

    private ReadOnlyMemory<byte> SliceAt(long position)
    {
        if (position >= _length)
            return default;
        int offset = (int)(position % _segmentBytes);
        return _segments[(position / _segmentBytes) - _dropped].AsMemory(offset, (int)Math.Min(_segmentBytes - offset, _length - position));
    }

    private byte[] SegmentFor(long position)
    {
        int index = (int)((position / _segmentBytes) - _dropped);
        if (index < _segmentCount)
            return _segments[index];
        if (index == _segments.Length)
            Array.Resize(ref _segments, index * 2);

        // What cannot be kept is let through: a window is bounded by its own size, and there are no more windows than requests.
        byte[]? segment = IsWindow ? null : _memory.TryTake(_segmentBytes);
        IsWindow |= segment is null;
        _segmentCount++;
        return _segments[index] = segment ?? _memory.TakeBeyond(_segmentBytes);
    }

    private void Trim()
    {
        int read = IsWindow ? (int)Math.Min((Least() / _segmentBytes) - _dropped, _segmentCount) : 0;
        if (read > 0)
        {
            foreach (byte[] segment in _segments.AsSpan(0, read))
                _memory.Return(segment);
            _segmentCount -= read;
            _dropped += read;
            Array.Copy(_segments, read, _segments, 0, _segmentCount);
        }

        if (!IsFull())
            Signal(ref _room);
    }

    private bool IsFull() => IsWindow && _readers.Count > 0 && _length - Least() >= WindowBytes;

    private long Least()
    {
        long least = _length;
        foreach (BodyReader reader in _readers)
            least = Math.Min(least, reader.Position);
        return least;
    }

    // On threads of their own: who signals may hold an event thread, and a thousand may wait.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Signal(ref TaskCompletionSource? signal)
    {
        signal?.SetResult();
        signal = null;
    }
}
