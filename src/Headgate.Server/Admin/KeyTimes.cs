using System.Globalization;
using Headgate.OpenApi.Values;

namespace Headgate.Server.Admin;

/// <summary>Reads the times that requests for API keys name. Stateless, thread-safe.</summary>
internal static class KeyTimes
{
    /// <summary>How long the secret before is accepted beside a new one, where a rotation does not say.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);

    /// <summary>The most days for which two secrets of a key are accepted.</summary>
    public const int MostOverlapDays = 90;

    /// <summary>The longest time that a key or an account is given: longer than any should live, and far from the end of the calendar.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(36_500);

    /// <summary>The end of a key: a time (RFC 3339, or a date, which begins at midnight UTC), or a duration from now.</summary>
    public static DateTimeOffset? ReadEnd(string text, DateTimeOffset now)
    {
        if (Duration.TryParse(text, out Duration life))
            return life.Value <= LongestLife ? now + life : null;
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        bool isTime = DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset end);
        return isTime && end - now <= LongestLife ? end : null;
    }

    /// <summary>The overlap of a rotation.</summary>
    public static TimeSpan? ReadOverlap(string? text)
    {
        if (text is null)
            return DefaultOverlap;
        return Duration.TryParse(text, out Duration overlap) && overlap.Value.TotalDays <= MostOverlapDays ? overlap.Value : null;
    }
}
