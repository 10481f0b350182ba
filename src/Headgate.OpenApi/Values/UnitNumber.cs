using System.Globalization;

namespace Headgate.OpenApi.Values;

/// <summary>Reads a decimal number with a unit behind it, as durations and sizes are written.</summary>
internal static class UnitNumber
{
    /// <summary>
    /// Reads <paramref name="text"/> in the smallest unit. A number without a unit is one of <paramref name="plain"/> units; of units that end
    /// alike the longer must stand first.
    /// </summary>
    /// <returns>False for anything else, a negative number, and one beyond 2^63-1.</returns>
    public static bool TryParse(string? text, ReadOnlySpan<(string Suffix, long Factor)> units, long plain, out decimal value)
    {
        value = 0;
        if (string.IsNullOrEmpty(text))
            return false;
        ReadOnlySpan<char> number = text;
        long factor = plain;
        foreach ((string suffix, long unit) in units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal))
                continue;
            number = text.AsSpan(0, text.Length - suffix.Length);
            factor = unit;
            break;
        }

        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count) || count > (decimal)long.MaxValue / factor)
            return false;
        value = count * factor;
        return true;
    }
}
