using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Forwarding.Retry;

/// <summary>Reads <c>Retry-After</c> (RFC 9110 §10.2.3): seconds, or a date. Stateless.</summary>
internal static class RetryAfterField
{
    /// <summary>The wait that it asks for; null when it asks for none, or in a way that nobody can read.</summary>
    public static TimeSpan? Read(StringValues field, DateTimeOffset now)
    {
        if (field.Count != 1)
            return null;
        string text = field.ToString();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
            return TimeSpan.FromSeconds(seconds);
        bool isDate = DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date);
        return !isDate ? null : date > now ? date - now : TimeSpan.Zero;
    }
}
