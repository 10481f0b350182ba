using System.Text;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.View;

/// <summary>Entity tags (RFC 9110 §8.8.3) of views: those of the whole answer with an ending inside the quotes. Stateless.</summary>
internal static class ViewTags
{
    private const char Quote = '"';

    /// <summary>The tag of a view; none where the service's is none.</summary>
    public static StringValues OfView(string tag, string end) => tag.Length >= 2 && tag[^1] == Quote ? string.Concat(tag.AsSpan(0, tag.Length - 1), end, "\"") : default(StringValues);

    /// <summary>The tags of the whole answer that a list of a view's tags means.</summary>
    /// <param name="lists">The values of <c>If-None-Match</c> or <c>If-Match</c>.</param>
    /// <param name="end">What the view's tags end with.</param>
    /// <param name="keepsOthers">Whether tags stay that are not the view's.</param>
    public static StringValues OfWhole(StringValues lists, string end, bool keepsOthers)
    {
        var kept = new StringBuilder();
        foreach (string? list in lists)
        {
            ReadOnlySpan<char> rest = list;
            while (!(rest = rest.TrimStart(" \t,")).IsEmpty)
            {
                ReadOnlySpan<char> tag = rest[..LengthOf(rest)];
                rest = rest[tag.Length..];
                bool isOfView = tag.EndsWith(string.Concat(end, "\""), StringComparison.Ordinal);
                if (isOfView)
                    Add(kept, tag[..^(end.Length + 1)], "\"");
                else if (keepsOthers || tag is "*")
                    Add(kept, tag, "");
            }
        }

        return kept.Length == 0 ? default(StringValues) : kept.ToString();
    }

    private static void Add(StringBuilder list, ReadOnlySpan<char> tag, string end) => list.Append(list.Length == 0 ? "" : ", ").Append(tag).Append(end);

    // Up to the closing quote: a tag may hold commas.
    private static int LengthOf(ReadOnlySpan<char> text)
    {
        int opening = text.IndexOf(Quote);
        int comma = text.IndexOf(',');
        if (opening < 0 || (comma >= 0 && comma < opening))
            return comma < 0 ? text.Length : comma;
        int closing = text[(opening + 1)..].IndexOf(Quote);
        return closing < 0 ? text.Length : opening + closing + 2;
    }
}
