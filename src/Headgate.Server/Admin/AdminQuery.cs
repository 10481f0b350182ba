using System.Globalization;

namespace Headgate.Server.Admin;

/// <summary>Reads query parameters of the admin API. They are what the document says: that is checked before an endpoint runs.</summary>
internal static class AdminQuery
{
    /// <summary>A text; null when it is not given.</summary>
    public static string? Text(HttpContext context, string name) => context.Request.Query[name] is [{ } text] ? text : null;

    /// <summary>A whole number.</summary>
    public static int Count(HttpContext context, string name, int fallback) => Text(context, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
