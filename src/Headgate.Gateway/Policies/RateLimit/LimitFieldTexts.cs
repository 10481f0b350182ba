using System.Globalization;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// The texts of <c>RateLimit</c> that were written lately, so that the same numbers are not printed again for every answer. A bounded table in which a later text takes
/// the place of an earlier one. Thread-safe.
/// </summary>
internal sealed class LimitFieldTexts
{
    /// <summary>The most texts that are kept: some 2 MiB.</summary>
    public const int MostTexts = 16_384;

    private const int FirstRounded = 10_000;

    private readonly Entry?[] _entries = new Entry?[MostTexts];

    /// <summary>The item of one limit: <c>"per-user";r=42;t=30</c>.</summary>
    /// <param name="name">The limit's name as it stands in header fields; compared by reference.</param>
    /// <param name="remaining">How many requests are left.</param>
    /// <param name="seconds">In how many seconds the quota is whole again.</param>
    /// <remarks>Numbers from 10,000 on are told in four figures, what is left rounded down and the time up: they are hints, and large ones would else never be the same again.</remarks>
    public string Get(string name, int remaining, int seconds)
    {
        remaining = RoundedDown(remaining);
        seconds = RoundedUp(seconds);
        uint hash = ((uint)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(name) * 0x9E3779B1) ^ ((uint)remaining * 0x85EBCA6B) ^ ((uint)seconds * 0xC2B2AE35);
        ref Entry? place = ref _entries[(hash ^ (hash >> 15)) & (MostTexts - 1)];
        Entry? entry = Volatile.Read(ref place);
        if (entry is not null && ReferenceEquals(entry.Name, name) && entry.Remaining == remaining && entry.Seconds == seconds)
            return entry.Text;
        string text = string.Create(CultureInfo.InvariantCulture, $"{name};r={remaining};t={seconds}");
        Volatile.Write(ref place, new Entry(name, remaining, seconds, text));
        return text;
    }

    private static int RoundedDown(int number) => number - (number % UnitOf(number));

    private static int RoundedUp(int number)
    {
        int unit = UnitOf(number);
        return number % unit == 0 || number > int.MaxValue - unit ? number : RoundedDown(number) + unit;
    }

    private static int UnitOf(int number)
    {
        int unit = 1;
        for (; number >= FirstRounded; number /= 10)
            unit *= 10;
        return unit;
    }

    private sealed record Entry(string Name, int Remaining, int Seconds, string Text);
}
