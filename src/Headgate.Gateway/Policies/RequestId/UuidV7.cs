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
        int at = 0;
        for (int nibble = 0; nibble < 32; nibble++)
        {
            if (nibble is 8 or 12 or 16 or 20)
                text[at++] = '-';
            ulong part = nibble < 16 ? high : low;
            text[at++] = "0123456789abcdef"[(int)(part >> (60 - (nibble % 16 * 4))) & 0xF];
        }
    }
}
