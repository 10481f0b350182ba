namespace Headgate.Gateway.Json;

/// <summary>How far one of the three literal names (RFC 8259 §3) has been read. A mutable value.</summary>
internal struct JsonLiteral
{
    private byte _first;
    private int _count;

    /// <summary>Whether it is there to its end.</summary>
    public readonly bool IsWhole => _count == Text.Length;

    private readonly ReadOnlySpan<byte> Text => _first switch
    {
        (byte)'t' => "true"u8,
        (byte)'f' => "false"u8,
        (byte)'n' => "null"u8,
        _ => default,
    };

    /// <summary>Reads the first byte.</summary>
    /// <returns>Whether a literal name begins with it.</returns>
    public bool Begin(byte first)
    {
        (_first, _count) = (first, 1);
        return !Text.IsEmpty;
    }

    /// <summary>Reads the next byte.</summary>
    /// <returns>Whether it belongs to the name.</returns>
    public bool Read(byte value) => Text[_count++] == value;
}
