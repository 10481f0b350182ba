using System.Globalization;

namespace Commerce.Shared.Data;

/// <summary>The one form of a point in time, in models and in databases: UTC with milliseconds, so that text order is time order.</summary>
internal static class Timestamps
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Now(TimeProvider clock) => Text(clock.GetUtcNow());

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
