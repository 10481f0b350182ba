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
