using System.Text;
using System.Text.Unicode;

namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>A header field of a part: where in the body its name and its value stand.</summary>
internal readonly record struct PartField(PartFieldKind Kind, Range Name, Range Value)
{
    /// <summary>The most bytes of a field line; a longer one is refused.</summary>
    public const int MostBytes = 4096;

    /// <summary>Reads the line at an offset; false where receivers could understand it in different ways.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, int start, int length, out PartField field)
    {
        field = default;
        ReadOnlySpan<byte> line = body.Slice(start, length);
        int colon = line.IndexOf((byte)':');

        // RFC 5322 §2.2.3: a line that begins with white space goes on with the one before; nobody needs that in a form.
        if (length > MostBytes || colon <= 0 || line[..colon].ContainsAny(" \t"u8) || line.ContainsAnyInRange((byte)10, (byte)31))
            return false;
        ReadOnlySpan<byte> value = line[(colon + 1)..];
        int from = start + colon + 1 + (value.Length - value.TrimStart(" \t"u8).Length);
        field = new PartField(KindOf(line[..colon]), new Range(start, start + colon), new Range(from, from + value.Trim(" \t"u8).Length));

        // RFC 7578 §4.7: deprecated. Who honours it would see another content than the one that was checked.
        return !Ascii.EqualsIgnoreCase(line[..colon], "content-transfer-encoding"u8) || IsIdentity(body[field.Value]);
    }

    /// <summary>RFC 7578 §4.2: the name of the field that a disposition tells; null where it tells none, or in a way of which there are several readings.</summary>
    public Range? FindName(ReadOnlySpan<byte> body)
    {
        // One character for each byte, so that places in the text are places in the body.
        Span<char> text = stackalloc char[MostBytes];
        text = text[..Encoding.Latin1.GetChars(body[Value], text)];
        if (!MediaType.Is(MediaType.Essence(text), "form-data"))
            return null;
        Range? found = null;
        MediaParameters parameters = MediaType.Parameters(text);
        while (parameters.MoveNext())
        {
            // RFC 7578 §4.2: the extended form of RFC 5987 must not be used.
            if (MediaType.Is(parameters.Name, "name*"))
                return null;
            if (!MediaType.Is(parameters.Name, "name"))
                continue;
            if (found is not null)
                return null;
            ((ReadOnlySpan<char>)text).Overlaps(parameters.Value, out int offset);
            int start = Value.Start.Value + offset;
            found = new Range(start, start + parameters.Value.Length);
        }

        // RFC 7578 §5.1: names are UTF-8. What is not, one receiver mends and the next one reads as something else.
        return parameters.IsBroken || (found is { } name && !Utf8.IsValid(body[name])) ? null : found;
    }

    private static PartFieldKind KindOf(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "content-disposition"u8) ? PartFieldKind.Disposition
        : Ascii.EqualsIgnoreCase(name, "content-type"u8) ? PartFieldKind.Type
        : PartFieldKind.Other;

    private static bool IsIdentity(ReadOnlySpan<byte> encoding) =>
        Ascii.EqualsIgnoreCase(encoding, "binary"u8) || Ascii.EqualsIgnoreCase(encoding, "8bit"u8) || Ascii.EqualsIgnoreCase(encoding, "7bit"u8);
}
