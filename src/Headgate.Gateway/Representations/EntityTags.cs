using Headgate.Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Representations;

/// <summary>Comparing entity tags (RFC 9110 §8.8.3.2). Stateless; allocates nothing.</summary>
internal static class EntityTags
{
    /// <summary>Whether a tag of the list of <c>If-None-Match</c> is that of the answer; weakly, as §13.1.2 wants it. <c>*</c> is any.</summary>
    public static bool AnyMatches(StringValues lines, string? tag) => AnyMatches(lines, tag, isWeak: true);

    /// <summary>Whether a tag of the list of <c>If-Match</c> is that of the answer; strongly, as §13.1.1 wants it. <c>*</c> is any.</summary>
    public static bool AnyMatchesStrongly(StringValues lines, string? tag) => AnyMatches(lines, tag, isWeak: false);

    /// <summary>Whether both are the same and neither is weak.</summary>
    public static bool StronglyEqual(string? one, string? other) => IsStrong(one) && string.Equals(one, other, StringComparison.Ordinal);

    /// <summary>Whether the tag is one that says that two answers are the same byte by byte.</summary>
    public static bool IsStrong(string? tag) => tag is ['"', ..];

    private static bool AnyMatches(StringValues lines, string? tag, bool isWeak)
    {
        foreach (string? line in lines)
        {
            ReadOnlySpan<char> rest = line;
            if (rest.Trim(" \t") is "*")
                return true;
            while (tag is not null && FieldList.TryNext(ref rest, out ReadOnlySpan<char> element))
            {
                if (isWeak ? Opaque(element).SequenceEqual(Opaque(tag)) : IsStrong(tag) && element.SequenceEqual(tag))
                    return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Opaque(ReadOnlySpan<char> tag) => tag.StartsWith("W/") ? tag[2..] : tag;
}
