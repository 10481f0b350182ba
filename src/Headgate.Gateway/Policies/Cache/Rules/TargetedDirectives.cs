using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>
/// <c>CDN-Cache-Control</c> (RFC 9213): a structured field, and so either whole or nothing. Where it is valid and not empty, <c>Cache-Control</c> and <c>Expires</c>
/// do not count (§2.2).
/// </summary>
internal static class TargetedDirectives
{
    public const string Header = "CDN-Cache-Control";

    /// <summary>What it says; null when there is none that is valid.</summary>
    public static ResponseDirectives? Parse(StringValues lines)
    {
        if (lines.Count == 0)
            return null;
        string text = lines.ToString();
        bool hasMembers = false;
        foreach (Range range in SplitOutsideQuotes(text))
        {
            ReadOnlySpan<char> member = text.AsSpan(range).Trim(" \t");
            if (!IsMember(member))
                return null;
            hasMembers = true;
        }

        return hasMembers ? ResponseDirectives.Parse(text) : null;
    }

    // RFC 9651 §4.2.2, as far as directives go: a lower-case key, alone or with an integer, a token, a string or a boolean. RFC 9213 §2.1: the numbers of directives are integers.
    private static bool IsMember(ReadOnlySpan<char> member)
    {
        int equals = member.IndexOf('=');
        ReadOnlySpan<char> name = equals < 0 ? member : member[..equals];
        if (name.IsEmpty || name[0] is not ((>= 'a' and <= 'z') or '*') || !IsKey(name))
            return false;
        if (equals < 0)
            return true;
        ReadOnlySpan<char> value = member[(equals + 1)..];
        bool isNumber = !value.IsEmpty && !value.ContainsAnyExceptInRange('0', '9');
        return name is "max-age" or "s-maxage" or "stale-while-revalidate" or "stale-if-error" ? isNumber : isNumber || IsOtherItem(value);
    }

    private static bool IsKey(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-' or '.' or '*'))
                return false;
        }

        return true;
    }

    private static bool IsOtherItem(ReadOnlySpan<char> value) =>
        value is "?0" or "?1" || value is ['"', .., '"'] || (!value.IsEmpty && (char.IsAsciiLetter(value[0]) || value[0] == '*') && !value.ContainsAny(" \t\","));

    private static List<Range> SplitOutsideQuotes(string text)
    {
        var members = new List<Range>();
        bool quoted = false;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\')
                i++;
            else if (text[i] == '"')
                quoted = !quoted;
            else if (text[i] == ',' && !quoted)
            {
                members.Add(start..i);
                start = i + 1;
            }
        }

        members.Add(start..text.Length);
        return members;
    }
}
