namespace Headgate.Gateway.Telemetry;

/// <summary>Numbers as hexadecimal digits in lower case, the form of trace and request ids. Several times faster than the general formatter, and each request writes five.</summary>
internal static class LowerHex
{
    /// <summary>The digits of a 64-bit number.</summary>
    public const int Digits = 16;

    /// <summary>Writes all 16 digits to the beginning of a span.</summary>
    public static void Write(ulong value, Span<char> text)
    {
        for (int i = Digits - 1; i >= 0; i--)
        {
            text[i] = "0123456789abcdef"[(int)(value & 0xF)];
            value >>= 4;
        }
    }
}
