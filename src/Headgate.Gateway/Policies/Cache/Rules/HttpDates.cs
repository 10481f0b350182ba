using System.Globalization;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>Dates of header fields, in the three forms of RFC 9110 §5.6.7. The name of the day is not held against a date that is right otherwise.</summary>
internal static class HttpDates
{
    private const string Preferred = "dd MMM yyyy HH:mm:ss 'GMT'";
    private const string Rfc850 = "dd-MMM-yy HH:mm:ss 'GMT'";
    private const int Century = 100;
    private const int MostYearsAhead = 50;

    private static readonly string[] s_asctime = ["MMM d HH:mm:ss yyyy", "MMM  d HH:mm:ss yyyy"];

    /// <summary>The date; null when the text is none.</summary>
    /// <param name="text">The field's value.</param>
    /// <param name="now">The time, by which a year of two digits is understood.</param>
    public static DateTimeOffset? Parse(string? text, DateTimeOffset now)
    {
        if (text is null)
            return null;
        int comma = text.IndexOf(", ", StringComparison.Ordinal);
        if (comma > 0)
            return Read(text[(comma + 2)..], Preferred) ?? InThisCentury(Read(text[(comma + 2)..], Rfc850), now);
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 ? Read(text[(blank + 1)..], s_asctime) : null;
    }

    /// <summary>The form in which dates are sent.</summary>
    public static string Format(DateTimeOffset date) => date.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);

    // RFC 9110 §5.6.7: what seems to be more than fifty years ahead is the last year that ends so.
    private static DateTimeOffset? InThisCentury(DateTimeOffset? date, DateTimeOffset now)
    {
        if (date is not { } read)
            return null;
        DateTimeOffset ahead = read.AddYears((now.Year / Century * Century) + (read.Year % Century) - read.Year);
        return ahead.Year - now.Year > MostYearsAhead ? ahead.AddYears(-Century) : ahead;
    }

    private static DateTimeOffset? Read(string text, params string[] forms) =>
        DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset date) ? date : null;
}
