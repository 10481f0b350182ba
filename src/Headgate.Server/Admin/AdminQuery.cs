using System.Globalization;

namespace Headgate.Server.Admin;

/// <summary>Reads the query parameters of the admin API.</summary>
internal static class AdminQuery
{
    /// <summary>A text; null when it is not given.</summary>
    public static string? Text(HttpContext context, string name) => context.Request.Query[name] is [.., { Length: > 0 } text] ? text : null;

    /// <summary>A whole number. Null when it is wrong: then the answer, a 400, is written already.</summary>
    public static async Task<int?> ReadCountAsync(HttpContext context, string name, int least, int most, int fallback)
    {
        if (context.Request.Query[name] is not [.., { } text])
            return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least && count <= most)
            return count;
        await AdminProblem.Invalid(context, $"The query parameter {name} is not a whole number between {least} and {most}.");
        return null;
    }
}
