namespace Headgate.Gateway.Routing;

/// <summary>
/// The values of a match's path parameters: slices of the normalised path, in template order, percent-encoding kept.
/// Reused from request to request. Not thread-safe.
/// </summary>
public sealed class PathValues
{
    private (int Start, int Length)[] _slices = new (int, int)[4];
    private string _path = "";

    /// <summary>How many values there are.</summary>
    public int Count { get; private set; }

    /// <summary>The value at a position in template order, still percent-encoded.</summary>
    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _path.AsSpan(_slices[index].Start, _slices[index].Length);
        }
    }

    /// <summary>Start and length of each value in turn.</summary>
    internal int[] Slices
    {
        get
        {
            int[] slices = new int[Count * 2];
            for (int i = 0; i < Count; i++)
                (slices[i * 2], slices[(i * 2) + 1]) = _slices[i];
            return slices;
        }
    }

    /// <summary>Takes values over that were there before.</summary>
    internal void Restore(string path, IReadOnlyList<int> slices)
    {
        Begin(path);
        for (int i = 0; i + 1 < slices.Count; i += 2)
            Push(slices[i], slices[i + 1]);
    }

    internal void Begin(string path)
    {
        _path = path;
        Count = 0;
    }

    internal void Push(int start, int length)
    {
        if (Count == _slices.Length)
            Array.Resize(ref _slices, Count * 2);
        _slices[Count++] = (start, length);
    }

    internal void PopTo(int count) => Count = count;

    internal void CopyFrom(PathValues other)
    {
        Begin(other._path);
        for (int i = 0; i < other.Count; i++)
            Push(other._slices[i].Start, other._slices[i].Length);
    }

    internal void Clear() => Begin("");
}
