using System.Buffers;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Takes the URL of a server apart.</summary>
internal static class ServerUrl
{
    // RFC 3986 §2: none of these is a character of a URL's path; a query or fragment is no part of a base path.
    private static readonly SearchValues<char> Foreign = SearchValues.Create("?#{}<>\"\\^`| \t\r\n");

    /// <summary>The literals and variables of a URL template in turn, or null when its braces do not match.</summary>
    public static IReadOnlyList<PathPart>? Split(string url)
    {
        var parts = new List<PathPart>();
        int at = 0;
        while (at < url.Length)
        {
            int brace = url.IndexOfAny(['{', '}'], at);
            if (brace < 0)
            {
                parts.Add(new PathPart(false, url[at..]));
                break;
            }

            int end = url.IndexOfAny(['{', '}'], brace + 1);
            if (url[brace] == '}' || end < 0 || url[end] == '{')
                return null;
            if (brace > at)
                parts.Add(new PathPart(false, url[at..brace]));
            parts.Add(new PathPart(true, url[(brace + 1)..end]));
            at = end + 1;
        }

        return parts;
    }

    /// <summary>The path of a URL or of a relative reference, without a trailing slash and dot segments; null when it is none.</summary>
    public static string? PathOf(string url)
    {
        if (url.AsSpan().IndexOfAny(Foreign) >= 0)
            return null;

        string path = url;
        int authority = url.IndexOf("//", StringComparison.Ordinal);
        if (authority == 0 || (authority > 0 && url[authority - 1] == ':'))
        {
            int start = url.IndexOf('/', authority + 2);
            path = start < 0 ? "" : url[start..];
        }

        var segments = new List<string>();
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            // RFC 3986 §5.2.4. A relative reference counts from the root: the document is served there.
            if (segment == "..")
                segments.RemoveRange(Math.Max(segments.Count - 1, 0), Math.Min(segments.Count, 1));
            else if (segment != ".")
                segments.Add(segment);
        }

        return segments.Count == 0 ? "" : "/" + string.Join('/', segments);
    }
}
