namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>One part of a multipart form (RFC 7578 §4): where in the body its name, its media type, its head and its content stand.</summary>
internal readonly record struct MultipartPart(Range Name, Range ContentType, Range Head, Range Content)
{
    // RFC 2046 §5.1: the empty line that ends the head.
    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    /// <summary>Reads the part between two offsets; false where receivers could understand it in different ways.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, int start, int end, out MultipartPart part)
    {
        part = default;
        int head = end < start ? -1 : body[start..end].IndexOf(HeadEnd);
        if (head < 0)
            return false;
        Range? name = null;
        Range contentType = default;
        for (int line = start; line < start + head + 2;)
        {
            int length = body[line..].IndexOf("\r\n"u8);
            if (!PartField.TryRead(body, line, length, out PartField field))
                return false;
            if (field.Kind == PartFieldKind.Disposition && (name is not null || (name = field.FindName(body)) is null))
                return false;
            if (field.Kind == PartFieldKind.Type && !contentType.Equals(default))
                return false;
            if (field.Kind == PartFieldKind.Type)
                contentType = field.Value;
            line += length + 2;
        }

        part = new MultipartPart(name ?? default, contentType, new Range(start, start + head + 2), new Range(start + head + HeadEnd.Length, end));
        return name is not null;
    }
}
