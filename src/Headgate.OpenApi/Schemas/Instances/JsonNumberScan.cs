namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>The grammar of numbers (RFC 8259 §6).</summary>
internal static class JsonNumberScan
{
    /// <summary>The offset after the number that begins at <paramref name="at"/>, or -1 where the grammar breaks.</summary>
    public static int End(ReadOnlySpan<byte> json, int at, out bool isInteger)
    {
        isInteger = true;
        if (at < json.Length && json[at] == '-')
            at++;
        int whole = at;
        at = SkipDigits(json, at);
        if (at == whole || (json[whole] == '0' && at > whole + 1))
            return -1;
        if (at < json.Length && json[at] == '.')
        {
            isInteger = false;
            int fraction = ++at;
            at = SkipDigits(json, at);
            if (at == fraction)
                return -1;
        }

        return at < json.Length && (json[at] | 0x20) == 'e' ? EndOfExponent(json, at + 1, out isInteger) : at;
    }

    private static int EndOfExponent(ReadOnlySpan<byte> json, int at, out bool isInteger)
    {
        isInteger = false;
        if (at < json.Length && json[at] is (byte)'+' or (byte)'-')
            at++;
        int digits = at;
        at = SkipDigits(json, at);
        return at == digits ? -1 : at;
    }

    private static int SkipDigits(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && (uint)(json[at] - '0') <= 9)
            at++;
        return at;
    }
}
