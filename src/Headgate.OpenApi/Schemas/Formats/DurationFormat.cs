namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>Durations of ISO 8601, as RFC 3339 appendix A has them: whole numbers, units in order, weeks alone.</summary>
internal static class DurationFormat
{
    public static bool IsDuration(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[0] != 'P')
            return false;
        if (text[^1] == 'W')
            return text[1..^1].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        int time = text.IndexOf((byte)'T');
        ReadOnlySpan<byte> date = text[1..(time < 0 ? text.Length : time)];
        return HasUnits(date, "YMD"u8) && (time < 0 || (time < text.Length - 1 && HasUnits(text[(time + 1)..], "HMS"u8)));
    }

    // Each unit at most once, in this order, and none left out between two (appendix A's grammar: years and days need months).
    private static bool HasUnits(ReadOnlySpan<byte> text, ReadOnlySpan<byte> units)
    {
        int former = -1;
        while (text.Length > 0)
        {
            int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits <= 0)
                return false;
            int unit = units.IndexOf(text[digits]);
            if (unit < 0 || (former >= 0 && unit != former + 1))
                return false;
            former = unit;
            text = text[(digits + 1)..];
        }

        return true;
    }
}
