using System.Globalization;

namespace Headgate.OpenApi.Values;

/// <summary>
/// A number of bytes as a document writes it: <c>1024</c>, <c>"16KiB"</c>, <c>"1MiB"</c>, <c>"2GiB"</c>, or in powers of ten
/// <c>"64kB"</c>, <c>"1MB"</c>, <c>"1GB"</c>. Never negative. Immutable.
/// </summary>
/// <param name="Bytes">The number of bytes.</param>
public readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>
{
    // Longest first, so that "MiB" is not read as "B".
    private static readonly (string Suffix, long Bytes)[] s_units =
    [
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
        ("kB", 1_000),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("B", 1),
    ];

    /// <summary>That many kibibytes.</summary>
    public static ByteSize FromKibibytes(long count) => new(count << 10);

    /// <summary>That many mebibytes.</summary>
    public static ByteSize FromMebibytes(long count) => new(count << 20);

    /// <summary>Reads a decimal number with a unit; without a unit it is bytes. The result is whole bytes.</summary>
    /// <returns>False for anything else, a negative size, a fraction of a byte, and a size beyond 2^63-1.</returns>
    public static bool TryParse(string? text, out ByteSize size)
    {
        bool isWhole = UnitNumber.TryParse(text, s_units, plain: 1, out decimal bytes) && decimal.IsInteger(bytes);
        size = isWhole ? new ByteSize((long)bytes) : default;
        return isWhole;
    }

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Whether one is smaller.</summary>
    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    /// <summary>Whether one is larger.</summary>
    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    /// <summary>Whether one is not larger.</summary>
    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    /// <summary>Whether one is not smaller.</summary>
    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    /// <summary>The shortest whole form in binary units: <c>16KiB</c>, <c>1000B</c>.</summary>
    public override string ToString()
    {
        for (int i = 2; i >= 0; i--)
        {
            if (Bytes != 0 && Bytes % s_units[i].Bytes == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{Bytes / s_units[i].Bytes}{s_units[i].Suffix}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Bytes}B");
    }
}
