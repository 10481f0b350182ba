namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>Takes a multipart body apart (RFC 2046 §5.1.1), strictly: what receivers could divide in different ways is refused.</summary>
internal static class MultipartSplitter
{
    /// <summary>Finds the parts.</summary>
    /// <param name="body">The body.</param>
    /// <param name="delimiter">CR, LF, two hyphens and the boundary.</param>
    /// <param name="parts">Room for them.</param>
    /// <returns>How many there are; -1 where the body is not well-formed, or has more.</returns>
    public static int Split(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, Span<MultipartPart> parts)
    {
        // The first delimiter may stand at the very beginning, without a line end before it. In the middle of a preamble's line it is none (RFC 2046 §5.1.1), and there are
        // receivers that take it for one all the same: they would see a part that nobody checked.
        int first = body.IndexOf(delimiter[2..]);
        if (first < 0 || (first > 0 && !body[..first].EndsWith("\r\n"u8)))
            return -1;
        int at = first + delimiter.Length - 2;
        int count = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = body[at..];
            bool isLast = rest.StartsWith("--"u8);
            int padding = isLast ? 2 : 0;
            while (padding < rest.Length && rest[padding] is (byte)' ' or (byte)'\t')
                padding++;

            // A line that only begins like the delimiter is none, and some take it for one.
            bool endsLine = rest[padding..].StartsWith("\r\n"u8);
            if (isLast)
                return endsLine || padding == rest.Length ? count : -1;
            int end = endsLine ? rest[padding..].IndexOf(delimiter) : -1;
            if (end < 0 || count == parts.Length || !MultipartPart.TryRead(body, at + padding + 2, at + padding + end, out parts[count]))
                return -1;
            count++;
            at += padding + end + delimiter.Length;
        }
    }
}
