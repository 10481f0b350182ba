using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>The names under which an upstream lets its answers be purged. Clients do not see them.</summary>
internal static class SurrogateKeys
{
    /// <summary>The most names of an answer, and the longest; the rest does not count.</summary>
    public const int MostTags = 64;
    public const int MostChars = 256;

    /// <summary>The fields that carry them: names with blanks between them, and with commas.</summary>
    public static string[] Headers { get; } = ["Surrogate-Key", "Cache-Tag"];

    /// <summary>The names that an answer carries.</summary>
    public static IEnumerable<string> Of(IHeaderDictionary headers) =>
        Split(headers["Surrogate-Key"], ' ').Concat(Split(headers["Cache-Tag"], ',')).Where(tag => tag.Length <= MostChars).Take(MostTags);

    /// <summary>Takes the fields off an answer to a client.</summary>
    public static void Strip(IHeaderDictionary headers)
    {
        foreach (string name in Headers)
            headers.Remove(name);
    }

    private static IEnumerable<string> Split(StringValues lines, char separator) =>
        lines.SelectMany(line => (line ?? "").Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
