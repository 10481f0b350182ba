namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>Dates and times of RFC 3339 §5.6.</summary>
internal static class DateTimeFormats
{
    private const int DateLength = 10;

    public static bool IsDateTime(ReadOnlySpan<byte> text) =>
        text.Length > DateLength && (text[DateLength] | 0x20) == 't' && IsDate(text[..DateLength]) && IsTime(text[(DateLength + 1)..]);

    public static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == DateLength && text[4] == '-' && text[7] == '-'
        && TwoDigits(text, 0) is >= 0 and var century && TwoDigits(text, 2) is >= 0 and var years
        && TwoDigits(text, 5) is >= 1 and <= 12 and var month
        && TwoDigits(text, 8) is >= 1 and var day && day <= DaysOf((century * 100) + years, month);

    // RFC 3339 §5.6: partial-time and an offset, which is not optional.
    public static bool IsTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':')
            return false;
        (int hour, int minute, int second) = (TwoDigits(text, 0), TwoDigits(text, 3), TwoDigits(text, 6));
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
            return false;
        ReadOnlySpan<byte> rest = text[8..];
        if (rest[0] == '.')
        {
            int digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits <= 0)
                return false;
            rest = rest[(digits + 1)..];
        }

        return OffsetMinutes(rest) is { } offset && (second < 60 || IsLeapSecond(hour, minute, offset));
    }

    // RFC 3339 §5.7: a leap second is the last of a day in UTC.
    private static bool IsLeapSecond(int hour, int minute, int offset) => (((hour * 60) + minute - offset) % 1440 + 1440) % 1440 == 1439;

    private static int? OffsetMinutes(ReadOnlySpan<byte> text)
    {
        if (text.Length == 1 && (text[0] | 0x20) == 'z')
            return 0;
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':')
            return null;
        (int hours, int minutes) = (TwoDigits(text, 1), TwoDigits(text, 4));
        if (hours is < 0 or > 23 || minutes is < 0 or > 59)
            return null;
        return (text[0] == '-' ? -1 : 1) * ((hours * 60) + minutes);
    }

    private static int DaysOf(int year, int month) => month switch
    {
        2 => (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static int TwoDigits(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : -1;
    }
}
