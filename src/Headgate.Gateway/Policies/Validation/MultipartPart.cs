using System.Text;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>One part of a multipart form (RFC 7578 §4): where in the body its name and its content stand.</summary>
internal readonly record struct MultipartPart(Range Name, Range Content, bool IsFile)
{
    /// <summary>Reads the part between two offsets; false where it has no name.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, int start, int end, out MultipartPart part)
    {
        part = default;
        int headEnd = end < start ? -1 : body[start..end].IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
            return false;
        Range? name = null;
        bool isFile = false;
        for (int line = start; line <= start + headEnd;)
        {
            int length = body[line..].IndexOf("\r\n"u8);
            ReadOnlySpan<byte> field = body.Slice(line, length);
            if (StartsWith(field, "content-disposition:"u8))
            {
                name = FindQuoted(body, line, length, " name=\""u8) ?? FindQuoted(body, line, length, ";name=\""u8);
                isFile |= field.IndexOf("filename"u8) >= 0;
            }
            else if (StartsWith(field, "content-type:"u8))
            {
                isFile |= field.IndexOf("text/"u8) < 0;
            }

            line += length + 2;
        }

        if (name is not { } found)
            return false;
        part = new MultipartPart(found, new Range(start + headEnd + 4, end), isFile);
        return true;
    }

    private static bool StartsWith(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name) =>
        field.Length >= name.Length && Ascii.EqualsIgnoreCase(field[..name.Length], name);

    private static Range? FindQuoted(ReadOnlySpan<byte> body, int line, int length, ReadOnlySpan<byte> before)
    {
        ReadOnlySpan<byte> field = body.Slice(line, length);
        int at = field.IndexOf(before);
        if (at < 0)
            return null;
        int from = at + before.Length;
        int quote = field[from..].IndexOf((byte)'"');
        return quote < 0 ? null : new Range(line + from, line + from + quote);
    }
}
