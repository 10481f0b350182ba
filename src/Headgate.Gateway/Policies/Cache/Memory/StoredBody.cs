namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>
/// The bytes of an answer, written once and read by many, also while they come. They lie in pooled buffers, which go back when the last who holds the body lets it go. A body that is kept grows
/// up to its bound; one that is not (or no longer) is a window: what every reader has read is given back, and the writer waits for the slowest. Thread-safe; one writer.
/// </summary>
internal sealed class StoredBody
{
    /// <summary>How much of a body that is not kept lies in memory at most before its upstream waits.</summary>
    public const int WindowBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly List<BodyReader> _readers = [];
    private readonly BodySegments _segments;
    private readonly BodySignal _progress = new();
    private readonly BodySignal _room = new();
    private readonly long _mostBytes;
    private int _holders = 1;
    private bool _isGivenUp;
    private int _state;
    private long _length;

    /// <param name="memory">Where its buffers come from.</param>
    /// <param name="declaredLength">The length that the answer declares; null for none.</param>
    /// <param name="mostBytes">The most bytes that are kept; 0 for a window from the beginning.</param>
    public StoredBody(CacheMemory memory, long? declaredLength, long mostBytes) =>
        (_mostBytes, DeclaredLength, IsWindow, _segments) = (mostBytes, declaredLength, mostBytes == 0, new BodySegments(memory, CacheMemory.SegmentBytesFor(declaredLength)));

    public long? DeclaredLength { get; }

    public BodyState State => (BodyState)Volatile.Read(ref _state);

    /// <summary>Whether all of it is there, from the beginning, for as long as somebody holds it.</summary>
    public bool IsWhole => State == BodyState.Complete && !IsWindow;

    /// <summary>Whether it is a window: it is not in the table, or will be taken out of it.</summary>
    public bool IsWindow { get; private set; }

    /// <summary>Whether it is filled although nobody reads it.</summary>
    public bool FillsUnread { get; set; }

    /// <summary>Told when nobody wants the rest any more; on the thread of who was the last.</summary>
    public Action? Unwanted { get; set; }

    /// <summary>The bytes that are there, or were.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>The whole length where it is known; else null.</summary>
    public long? TotalLength => State == BodyState.Complete ? Length : DeclaredLength;

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
        if (Interlocked.Decrement(ref _holders) == 0)
            _segments.DropAll();
    }

    /// <summary>Counts a reader in, so that what it has not read yet stays.</summary>
    /// <returns>Null when the beginning is gone already, or the rest will not come any more.</returns>
    public BodyReader? Enter()
    {
        var reader = new BodyReader();
        lock (_lock)
        {
            if (_segments.HasDropped || _isGivenUp)
                return null;
            _readers.Add(reader);
        }

        return reader;
    }

    /// <summary>Counts a reader out. A body that comes for nobody any more stops coming, and takes no further reader.</summary>
    public void Leave(BodyReader reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
            Trim();
            _isGivenUp |= State == BodyState.Filling && !IsWanted;
            if (!_isGivenUp)
                return;
        }

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
                (Memory<byte> room, bool isKept) = _segments.RoomAt(_length, !IsWindow);
                IsWindow |= !isKept;
                int count = Math.Min(room.Length, bytes.Length);
                bytes[..count].CopyTo(room.Span);
                bytes = bytes[count..];
                Volatile.Write(ref _length, _length + count);
            }

            IsWindow |= _length > _mostBytes;
        }
    }

    /// <summary>Lets readers know of what was added, and waits while a window is full.</summary>
    public ValueTask FlushAsync()
    {
        lock (_lock)
        {
            _progress.Set();
            Trim();
            return IsFull() ? new ValueTask(_room.Next()) : ValueTask.CompletedTask;
        }
    }

    /// <summary>Ends the writing.</summary>
    public void End(bool isWhole, long endedAt)
    {
        lock (_lock)
        {
            EndedAt = endedAt;
            Volatile.Write(ref _state, (int)(isWhole ? BodyState.Complete : BodyState.BrokenOff));
            _progress.Set();

            // What fetched it, a whole request with its connection's state, would otherwise live as long as the stored answer.
            Unwanted = null;
        }
    }

    /// <summary>What there is at a position, up to the end of a buffer; empty when there is nothing yet, or nothing more.</summary>
    public ReadOnlyMemory<byte> PeekAt(long position)
    {
        // Of a complete body nothing changes any more but that it is let go, and who reads it holds it.
        if (IsWhole)
            return _segments.SliceAt(position, _length);
        lock (_lock)
            return _segments.SliceAt(position, _length);
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
            return _length > position || State != BodyState.Filling ? Task.CompletedTask : _progress.Next();
    }

    private void Trim()
    {
        if (IsWindow)
            _segments.DropBefore(Least());
        if (!IsFull())
            _room.Set();
    }

    private bool IsFull() => IsWindow && _readers.Count > 0 && _length - Least() >= WindowBytes;

    private long Least()
    {
        long least = _length;
        foreach (BodyReader reader in _readers)
            least = Math.Min(least, reader.Position);
        return least;
    }
}
