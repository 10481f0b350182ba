using System.Globalization;
using Headgate.Gateway.Values;

namespace Headgate.Gateway.BuiltIns;

/// <summary>
/// Reads query parameters of Headgate's own operations as their document declares them, after the request was held to it. A name in other letters is another parameter, which nobody has looked at.
/// Stateless, thread-safe.
/// </summary>
public static class BuiltInQuery
{
    /// <summary>The value of a parameter, decoded; null when it is not given.</summary>
    /// <param name="query">The query, with its question mark or without.</param>
    /// <param name="name">The name, as it is declared.</param>
    public static string? Text(string query, string name) => RequestTexts.OfQuery(query, name);

    /// <summary>The value of a parameter that is declared to be a whole number of 64 bits.</summary>
    /// <param name="query">The query, with its question mark or without.</param>
    /// <param name="name">The name, as it is declared.</param>
    /// <param name="fallback">The value when it is not given.</param>
    public static long Number(string query, string name, long fallback) =>

        // JSON Schema 2020-12 validation §6.1.1: 10.0 and 1e1 are whole numbers.
        Text(query, name) is { } text ? (long)decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : fallback;
}
