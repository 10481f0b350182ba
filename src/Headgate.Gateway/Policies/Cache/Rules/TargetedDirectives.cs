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
        var directives = new List<string>();
        foreach (Range range in SplitOutsideQuotes(text, ','))
        {
            if (DirectiveOf(text[range].Trim(' ', '\t')) is not { } directive)
                return null;
            directives.Add(directive);
        }

        return ResponseDirectives.Parse(directives.ToArray());
    }

    // A member without its parameters, of which none is known: RFC 9213 §2.1 has them ignored, RFC 9651 §4.2.3.2 valid.
    private static string? DirectiveOf(string member)
    {
        List<Range> parts = SplitOutsideQuotes(member, ';');
        string directive = member[parts[0]];
        foreach (Range range in parts.Skip(1))
        {
            if (!IsMember(member.AsSpan(range).TrimStart(' '), isParameter: true))
                return null;
        }

        return IsMember(directive, isParameter: false) ? directive : null;
    }

    // RFC 9651 §4.2.2, as far as directives go: a lower-case key, alone or with an integer, a token, a string or a boolean. RFC 9213 §2.1: the numbers of directives are integers.
    private static bool IsMember(ReadOnlySpan<char> member, bool isParameter)
    {
        int equals = member.IndexOf('=');
        ReadOnlySpan<char> name = equals < 0 ? member : member[..equals];
        if (name.IsEmpty || name[0] is not ((>= 'a' and <= 'z') or '*') || !IsKey(name))
            return false;
        if (equals < 0)
            return true;
        ReadOnlySpan<char> value = member[(equals + 1)..];
        bool isNumber = !value.IsEmpty && !value.ContainsAnyExceptInRange('0', '9');
        return !isParameter && name is ("max-age" or "s-maxage" or "stale-while-revalidate" or "stale-if-error") ? isNumber : isNumber || IsOtherItem(value);
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

    private static List<Range> SplitOutsideQuotes(string text, char separator)
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
            else if (text[i] == separator && !quoted)
            {
                members.Add(start..i);
                start = i + 1;
            }
        }

        members.Add(start..text.Length);
        return members;
    }
}
