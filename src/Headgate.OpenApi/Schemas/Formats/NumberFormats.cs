using System.Globalization;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>OpenAPI's formats of numbers: ranges, by exact value.</summary>
internal static class NumberFormats
{
    public static bool IsInt32(ReadOnlySpan<byte> text) => IsBetween(text, "-2147483648"u8, "2147483647"u8);

    public static bool IsInt64(ReadOnlySpan<byte> text) => IsBetween(text, "-9223372036854775808"u8, "9223372036854775807"u8);

    public static bool IsFloat(ReadOnlySpan<byte> text) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value);

    public static bool IsDouble(ReadOnlySpan<byte> text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);

    private static bool IsBetween(ReadOnlySpan<byte> text, ReadOnlySpan<byte> least, ReadOnlySpan<byte> most)
    {
        var number = new DecimalText(text);
        return number.IsInteger && (number.Magnitude < 10 || (number.CompareTo(new DecimalText(least)) >= 0 && number.CompareTo(new DecimalText(most)) <= 0));
    }
}
