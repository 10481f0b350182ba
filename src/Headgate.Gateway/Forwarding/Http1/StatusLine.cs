namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Parses the first line of a response.</summary>
internal static class StatusLine
{
    // RFC 9112 §4: status-line = HTTP-version SP status-code SP [ reason-phrase ]. The second space may be missing: servers without a
    // reason phrase leave it out, and nothing is ambiguous by it.
    public static HeadParseStatus Parse(ReadOnlySpan<byte> bytes, out int status, out bool isHttp10, out int length)
    {
        const int shortest = 12;
        (status, isHttp10, length) = (0, false, 0);
        if (!CouldBeStatusLine(bytes))
            return HeadParseStatus.Invalid;
        int lineFeed = bytes.IndexOf((byte)'\n');
        if (lineFeed < 0)
            return HeadParseStatus.Incomplete;
        length = lineFeed + 1;
        if (lineFeed < shortest + 1 || bytes[lineFeed - 1] != '\r')
            return HeadParseStatus.Invalid;

        ReadOnlySpan<byte> line = bytes[..(lineFeed - 1)];
        byte minor = line[7];
        if (line[8] != ' ' || minor is not ((byte)'0' or (byte)'1') || !TryReadStatus(line.Slice(9, 3), out status))
            return HeadParseStatus.Invalid;
        if (line.Length > shortest && (line[shortest] != ' ' || !HttpText.IsFieldValue(line[(shortest + 1)..])))
            return HeadParseStatus.Invalid;
        isHttp10 = minor == '0';
        return HeadParseStatus.Complete;
    }

    private static bool CouldBeStatusLine(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> version = "HTTP/1."u8;
        return bytes.Length >= version.Length ? bytes.StartsWith(version) : version.StartsWith(bytes);
    }

    private static bool TryReadStatus(ReadOnlySpan<byte> digits, out int code)
    {
        code = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            code = (code * 10) + (digit - '0');
        }

        return code >= 100;
    }
}
