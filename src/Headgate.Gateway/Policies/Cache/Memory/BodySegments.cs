namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>The buffers of a body, all of one size, of which those at the beginning may be gone already. Not thread-safe.</summary>
/// <param name="memory">Where they come from.</param>
/// <param name="segmentBytes">Their size.</param>
internal sealed class BodySegments(CacheMemory memory, int segmentBytes)
{
    private byte[][] _segments = new byte[1][];
    private int _count;
    private long _dropped;

    /// <summary>Whether the beginning is gone.</summary>
    public bool HasDropped => _dropped > 0;

    /// <summary>The room from a position to the end of its buffer, which is taken where it is not there yet.</summary>
    /// <param name="position">The position.</param>
    /// <param name="isKept">Whether the cache's bound holds for it. What cannot be kept is let through: windows are bounded by their own size, and there are no more windows than requests.</param>
    /// <returns>The room; and whether the bound held.</returns>
    public (Memory<byte> Room, bool IsKept) RoomAt(long position, bool isKept)
    {
        int index = (int)((position / segmentBytes) - _dropped);
        if (index == _count)
        {
            if (_count == _segments.Length)
                Array.Resize(ref _segments, _count * 2);
            byte[]? segment = isKept ? memory.TryTake(segmentBytes) : null;
            isKept = segment is not null;
            _segments[_count++] = segment ?? memory.TakeBeyond(segmentBytes);
        }

        return (_segments[index].AsMemory((int)(position % segmentBytes)), isKept);
    }

    /// <summary>What lies between two positions, up to the end of the first one's buffer.</summary>
    public ReadOnlyMemory<byte> SliceAt(long position, long end)
    {
        if (position >= end)
            return default;
        int offset = (int)(position % segmentBytes);
        return _segments[(position / segmentBytes) - _dropped].AsMemory(offset, (int)Math.Min(segmentBytes - offset, end - position));
    }

    /// <summary>Gives the buffers back that lie whole before a position.</summary>
    public void DropBefore(long position)
    {
        int read = (int)Math.Min((position / segmentBytes) - _dropped, _count);
        if (read <= 0)
            return;
        Return(read);
        _dropped += read;
        _count -= read;
        Array.Copy(_segments, read, _segments, 0, _count);
    }

    /// <summary>Gives all buffers back.</summary>
    public void DropAll()
    {
        Return(_count);
        (_segments, _count) = ([], 0);
    }

    private void Return(int count)
    {
        foreach (byte[] segment in _segments.AsSpan(0, count))
            memory.Return(segment);
    }
}
