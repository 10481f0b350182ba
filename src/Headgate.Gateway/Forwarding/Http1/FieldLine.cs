using System.Text;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// One response field line, checked and decoded. Kept with its bytes, so that the same line in the connection's next response is recognised
/// by one comparison and costs neither a check nor a string. Immutable.
/// </summary>
internal sealed class FieldLine
{
    private FieldLine(byte[] bytes, string name, string value, FieldKind kind)
    {
        Bytes = bytes;
        Name = name;
        Value = value;
        Kind = kind;
    }

    /// <summary>The line as received, CRLF included.</summary>
    public byte[] Bytes { get; }

    public string Name { get; }

    /// <summary>The value without surrounding white space, one character per byte (ISO-8859-1), so that it is passed on byte for byte.</summary>
    public string Value { get; }

    public FieldKind Kind { get; }

    /// <summary>Reads a line that ends in CRLF; null when it is not a valid field line.</summary>
    public static FieldLine? Read(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> content = line[..^2];
        int colon = content.IndexOf((byte)':');

        // RFC 9112 §5.1: no white space between the name and the colon. §5.2: a line that begins with white space is an obsolete fold.
        if (colon <= 0 || !HttpText.IsToken(content[..colon]))
            return null;

        // RFC 9110 §5.5: CR, LF and NUL are dangerous in a value, other controls are invalid.
        ReadOnlySpan<byte> value = content[(colon + 1)..].Trim(" \t"u8);
        if (!HttpText.IsFieldValue(value))
            return null;

        ReadOnlySpan<byte> name = content[..colon];
        return new FieldLine(line.ToArray(), KnownHeaderNames.Get(name), Encoding.Latin1.GetString(value), KindOf(name));
    }

    private static FieldKind KindOf(ReadOnlySpan<byte> name)
    {
        if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
            return FieldKind.ContentLength;
        if (!ResponseHeaderRules.IsHopByHop(name))
            return FieldKind.PassedOn;
        return name.Length switch
        {
            17 => FieldKind.TransferEncoding,
            10 => Ascii.EqualsIgnoreCase(name, "Connection"u8) ? FieldKind.Connection : FieldKind.KeepAlive,
            7 when Ascii.EqualsIgnoreCase(name, "Upgrade"u8) => FieldKind.Upgrade,
            _ => FieldKind.HopByHop,
        };
    }
}
