using System.Globalization;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>
/// One range of bytes of a complete answer (RFC 9110 §14). Several ranges, other units and what is malformed are not answered in part: the whole answer is given, as §14.2 allows.
/// </summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">How many bytes; 0 for a range that the answer does not have.</param>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>Reads <c>Range</c> for an answer of a length.</summary>
    /// <returns>Null when the whole answer is to be given; a range of length 0 when the answer is 416.</returns>
    public static ByteRange? Parse(ReadOnlySpan<char> header, long length)
    {
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            return null;
        ReadOnlySpan<char> spec = header["bytes=".Length..].Trim(" \t");
        int dash = spec.IndexOf('-');
        if (dash < 0 || spec.Contains(','))
            return null;
        if (dash == 0)
            return Number(spec[1..]) is { } last ? new ByteRange(Math.Max(0, length - last), Math.Min(last, length)) : null;
        if (Number(spec[..dash]) is not { } start)
            return null;
        if (spec.Length == dash + 1)
            return From(start, length - 1, length);
        return Number(spec[(dash + 1)..]) is { } end && end >= start ? From(start, end, length) : null;
    }

    /// <summary>The value of <c>Content-Range</c>.</summary>
    public string ContentRange(long length) => Length == 0
        ? string.Create(CultureInfo.InvariantCulture, $"bytes */{length}")
        : string.Create(CultureInfo.InvariantCulture, $"bytes {Start}-{Start + Length - 1}/{length}");

    private static ByteRange From(long start, long end, long length) =>
        start >= length ? default : new ByteRange(start, Math.Min(end, length - 1) - start + 1);

    private static long? Number(ReadOnlySpan<char> text)
    {
        const int mostDigits = 18;
        if (text.Length is 0 or > mostDigits || text.ContainsAnyExceptInRange('0', '9'))
            return null;
        return long.Parse(text, CultureInfo.InvariantCulture);
    }
}
