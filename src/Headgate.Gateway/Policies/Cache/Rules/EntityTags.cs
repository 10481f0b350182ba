using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>Comparing entity tags (RFC 9110 §8.8.3.2).</summary>
internal static class EntityTags
{
    /// <summary>Whether a tag of the list of <c>If-None-Match</c> is that of the stored answer; weakly, as §13.1.2 wants it. <c>*</c> is any.</summary>
    public static bool AnyMatches(StringValues lines, string? stored)
    {
        foreach (string? line in lines)
        {
            if (line is not null && AnyMatches(line.AsSpan(), stored))
                return true;
        }

        return false;
    }

    /// <summary>Whether both are the same and neither is weak.</summary>
    public static bool StronglyEqual(string? one, string? other) => one is ['"', ..] && string.Equals(one, other, StringComparison.Ordinal);

    /// <summary>Whether the tag is one that says that two answers are the same byte by byte.</summary>
    public static bool IsStrong(string? tag) => tag is ['"', ..];

    private static bool AnyMatches(ReadOnlySpan<char> list, string? stored)
    {
        if (list.Trim(" \t") is "*")
            return true;
        if (stored is null)
            return false;
        ReadOnlySpan<char> opaque = Opaque(stored);
        while (!list.IsEmpty)
        {
            if (Opaque(Next(ref list)).SequenceEqual(opaque))
                return true;
        }

        return false;
    }

    // Tags may have commas inside their quotes.
    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> list)
    {
        list = list.TrimStart(" \t,");
        int open = list.IndexOf('"');
        int comma = list.IndexOf(',');
        int end = comma < 0 ? list.Length : comma;
        if (open >= 0 && open < end && list[(open + 1)..].IndexOf('"') is >= 0 and var close)
            end = open + close + 2;
        ReadOnlySpan<char> tag = list[..end].Trim(" \t");
        list = list[end..];
        return tag;
    }

    private static ReadOnlySpan<char> Opaque(ReadOnlySpan<char> tag) => tag.StartsWith("W/") ? tag[2..] : tag;
}
