namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The response field lines that the connections to one instance have in common, by their place in the head: what one connection has checked and decoded serves all. With many
/// connections it is also the processor's cache that has one line of each kind to hold instead of one for each connection. Thread-safe.
/// </summary>
internal sealed class CommonFieldLines
{
    /// <summary>The most lines of a head that are kept.</summary>
    public const int MostLines = 24;

    /// <summary>The longest line that is kept.</summary>
    public const int MostLineBytes = 256;

    private readonly FieldLine?[] _lines = new FieldLine?[MostLines];

    /// <summary>The line at this place of a head, when the bytes begin with it; else null.</summary>
    public FieldLine? Find(int place, ReadOnlySpan<byte> bytes) =>
        place < MostLines && Volatile.Read(ref _lines[place]) is { } line && bytes.StartsWith(line.Bytes) ? line : null;

    /// <summary>Keeps a line in place of the one before.</summary>
    public void Keep(int place, FieldLine line)
    {
        if (place < MostLines && line.Bytes.Length <= MostLineBytes)
            Volatile.Write(ref _lines[place], line);
    }
}
