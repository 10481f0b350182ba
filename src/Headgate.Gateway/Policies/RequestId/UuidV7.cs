using Headgate.Gateway.Telemetry;

namespace Headgate.Gateway.Policies.RequestId;

/// <summary>
/// UUID version 7 (RFC 9562 §5.7) as text. Unlike <see cref="Guid.CreateVersion7()"/> it draws from a fast generator instead of the operating system's: a request id has to be
/// unique, not secret, and a system call per request would be a tenth of its whole cost.
/// </summary>
internal static class UuidV7
{
    /// <summary>A new id, ordered by time.</summary>
    /// <param name="now">The time that it carries.</param>
    public static string NewString(DateTimeOffset now)
    {
        ulong milliseconds = (ulong)now.ToUnixTimeMilliseconds();
        ulong random = (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);
        ulong high = (milliseconds << 16) | 0x7000 | (random & 0x0FFF);
        ulong low = 0x8000_0000_0000_0000 | ((ulong)Random.Shared.NextInt64() & 0x3FFF_FFFF_FFFF_FFFF);
        return string.Create(36, (high, low), static (text, parts) => Format(text, parts.high, parts.low));
    }

    private static void Format(Span<char> text, ulong high, ulong low)
    {
        Span<char> digits = stackalloc char[2 * LowerHex.Digits];
        LowerHex.Write(high, digits);
        LowerHex.Write(low, digits[LowerHex.Digits..]);
        digits[..8].CopyTo(text);
        text[8] = '-';
        digits[8..12].CopyTo(text[9..]);
        text[13] = '-';
        digits[12..16].CopyTo(text[14..]);
        text[18] = '-';
        digits[16..20].CopyTo(text[19..]);
        text[23] = '-';
        digits[20..].CopyTo(text[24..]);
    }
}
