namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>
/// The memory of one cache: buffers in sizes from 256 bytes to 16 KiB, taken and given back, and together with what else stored answers take bounded in bytes. Thread-safe.
/// </summary>
/// <param name="mostBytes">The most bytes in use.</param>
internal sealed class CacheMemory(long mostBytes)
{
    public const int SmallestSegment = 256;
    public const int LargestSegment = 16 * 1024;

    private const int Sizes = 7;

    private readonly Stack<byte[]>[] _free = [.. Enumerable.Range(0, Sizes).Select(_ => new Stack<byte[]>())];
    private long _used;
    private long _freeBytes;

    public long MostBytes => mostBytes;

    /// <summary>What stored answers take now, those included that are out of the table and still being read.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Makes room by letting a stored answer go; false when there is none that can. Set once, before use.</summary>
    public Func<bool> Evict { get; set; } = static () => false;

    /// <summary>The buffer size for a body, or for the next part of one.</summary>
    /// <param name="length">The length; null when it is not known.</param>
    public static int SegmentBytesFor(long? length)
    {
        const int unknown = 4 * 1024;
        if (length is not { } known)
            return unknown;
        return known >= LargestSegment ? LargestSegment : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(known, SmallestSegment));
    }

    /// <summary>Takes a buffer.</summary>
    /// <returns>Null when there is no memory and none can be made.</returns>
    public byte[]? TryTake(int bytes)
    {
        if (!TryCharge(bytes))
            return null;
        Stack<byte[]> free = FreeOf(bytes);
        lock (free)
        {
            if (free.TryPop(out byte[]? buffer))
            {
                Interlocked.Add(ref _freeBytes, -bytes);
                return buffer;
            }
        }

        return GC.AllocateUninitializedArray<byte>(bytes);
    }

    /// <summary>Takes a buffer that has to be there, whatever is in use: of a body that is let through uncached.</summary>
    public byte[] TakeBeyond(int bytes)
    {
        Interlocked.Add(ref _used, bytes);
        return GC.AllocateUninitializedArray<byte>(bytes);
    }

    /// <summary>Gives a buffer back. What fits into the bound beside what is in use is kept for the next.</summary>
    public void Return(byte[] buffer)
    {
        Discharge(buffer.Length);
        if (Used + Interlocked.Add(ref _freeBytes, buffer.Length) > mostBytes)
        {
            Interlocked.Add(ref _freeBytes, -buffer.Length);
            return;
        }

        Stack<byte[]> free = FreeOf(buffer.Length);
        lock (free)
            free.Push(buffer);
    }

    /// <summary>Counts bytes as in use, after making room for them where that can be done.</summary>
    public bool TryCharge(long bytes)
    {
        while (Interlocked.Add(ref _used, bytes) > mostBytes)
        {
            Interlocked.Add(ref _used, -bytes);
            if (bytes > mostBytes || !Evict())
                return false;
        }

        if (Used + Volatile.Read(ref _freeBytes) > mostBytes)
            DropFree();
        return true;
    }

    public void Discharge(long bytes) => Interlocked.Add(ref _used, -bytes);

    private Stack<byte[]> FreeOf(int bytes) => _free[System.Numerics.BitOperations.Log2((uint)(bytes / SmallestSegment))];

    private void DropFree()
    {
        foreach (Stack<byte[]> free in _free)
        {
            lock (free)
            {
                while (Used + Volatile.Read(ref _freeBytes) > mostBytes && free.TryPop(out byte[]? buffer))
                    Interlocked.Add(ref _freeBytes, -buffer.Length);
            }
        }
    }
}
