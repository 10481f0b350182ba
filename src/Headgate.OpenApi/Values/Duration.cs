using System.Globalization;

namespace Headgate.OpenApi.Values;

/// <summary>
/// A length of time as a document writes it: <c>30</c> (seconds), <c>"30s"</c>, <c>"500ms"</c>, <c>"1m"</c>, <c>"1h"</c>,
/// <c>"2d"</c>. Never negative. The default value is zero. Immutable.
/// </summary>
/// <param name="Value">The same length for code that computes with it.</param>
public readonly record struct Duration(TimeSpan Value) : IComparable<Duration>
{
    // Longest first, so that "ms" is not read as "s".
    private static readonly (string Suffix, long Ticks)[] s_units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>A duration of that many seconds.</summary>
    public static Duration FromSeconds(double seconds) => new(TimeSpan.FromSeconds(seconds));

    /// <summary>The same length for code that computes with it.</summary>
    public static implicit operator TimeSpan(Duration duration) => duration.Value;

    /// <summary>The same length for code that computes with it.</summary>
    public TimeSpan ToTimeSpan() => Value;

    /// <summary>Reads a decimal number with a unit of <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>; without a unit it is seconds.</summary>
    /// <returns>False for anything else, a negative length, and one beyond <see cref="TimeSpan.MaxValue"/>.</returns>
    public static bool TryParse(string? text, out Duration duration)
    {
        bool isDuration = UnitNumber.TryParse(text, s_units, plain: TimeSpan.TicksPerSecond, out decimal ticks);
        duration = new Duration(new TimeSpan((long)ticks));
        return isDuration;
    }

    /// <inheritdoc/>
    public int CompareTo(Duration other) => Value.CompareTo(other.Value);

    /// <summary>Whether one is shorter.</summary>
    public static bool operator <(Duration left, Duration right) => left.Value < right.Value;

    /// <summary>Whether one is longer.</summary>
    public static bool operator >(Duration left, Duration right) => left.Value > right.Value;

    /// <summary>Whether one is not longer.</summary>
    public static bool operator <=(Duration left, Duration right) => left.Value <= right.Value;

    /// <summary>Whether one is not shorter.</summary>
    public static bool operator >=(Duration left, Duration right) => left.Value >= right.Value;

    /// <summary>The shortest whole form, in the largest unit that fits: <c>90s</c>, <c>2m</c>, <c>1500ms</c>.</summary>
    public override string ToString()
    {
        if (Value == TimeSpan.Zero)
            return "0s";
        for (int i = s_units.Length - 1; i >= 0; i--)
        {
            if (Value.Ticks % s_units[i].Ticks == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{Value.Ticks / s_units[i].Ticks}{s_units[i].Suffix}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Value.TotalMilliseconds}ms");
    }
}
