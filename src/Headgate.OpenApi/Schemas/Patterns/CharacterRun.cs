using System.Buffers;
using System.Globalization;

namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>
/// The patterns that documents have most, matched on the bytes: from <c>^</c> to <c>$</c>, ASCII characters and classes with counts, where each character can
/// belong to one part only (<c>^[A-Z]{3}$</c>, <c>^[0-9]{12,19}$</c>, <c>^SKU-\d+$</c>).
/// </summary>
internal sealed class CharacterRun
{
    private readonly Part[] _parts;

    private CharacterRun(Part[] parts) => _parts = parts;

    /// <summary>The run of a well-formed pattern; null when it is of another kind.</summary>
    public static CharacterRun? Parse(string pattern)
    {
        if (!pattern.StartsWith('^') || !pattern.EndsWith('$') || pattern.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
            return null;
        var parts = new List<Part>();
        ReadOnlySpan<char> rest = pattern.AsSpan(1, pattern.Length - 2);
        while (rest.Length > 0)
        {
            if (ReadSet(ref rest) is not { } members || ReadCount(ref rest) is not { } count)
                return null;

            // Where a part may end at several places, the next must not begin with a character of it.
            if (parts.Count > 0 && parts[^1].Least != parts[^1].Most && parts[^1].Members.Overlaps(members))
                return null;

            // A part that may be absent would make its neighbours meet.
            if (count.Least == 0 && (parts.Count > 0 || rest.Length > 0))
                return null;
            parts.Add(new Part(members, SearchValues.Create([.. members.Select(member => (byte)member)]), count.Least, count.Most));
        }

        return new CharacterRun([.. parts]);
    }

    public bool Matches(ReadOnlySpan<byte> text)
    {
        foreach (Part part in _parts)
        {
            int length = text.IndexOfAnyExcept(part.Values);
            length = Math.Min(length < 0 ? text.Length : length, part.Most);
            if (length < part.Least)
                return false;
            text = text[length..];
        }

        return text.IsEmpty;
    }

    private static HashSet<char>? ReadSet(ref ReadOnlySpan<char> rest)
    {
        char first = rest[0];
        rest = rest[1..];
        if (first == '[')
            return ReadClass(ref rest);
        if (first != '\\')
            return "^$.*+?()[]{}|".Contains(first, StringComparison.Ordinal) ? null : [first];
        char escaped = rest.Length > 0 ? rest[0] : 'x';
        rest = rest.Length > 0 ? rest[1..] : rest;
        return escaped switch
        {
            'd' => [.. "0123456789"],
            'w' => [.. Enumerable.Range(0, 128).Select(code => (char)code).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')],
            _ => char.IsAsciiLetterOrDigit(escaped) ? null : [escaped],
        };
    }

    private static HashSet<char>? ReadClass(ref ReadOnlySpan<char> rest)
    {
        var members = new HashSet<char>();
        if (rest.Length > 0 && rest[0] == '^')
            return null;
        while (rest.Length > 0 && rest[0] != ']')
        {
            bool isEscape = rest[0] == '\\';
            ReadOnlySpan<char> one = isEscape ? rest[..Math.Min(2, rest.Length)] : rest[..1];
            rest = rest[one.Length..];
            if (ReadMember(one) is not { } added)
                return null;
            if (!isEscape && rest.Length > 1 && rest[0] == '-' && rest[1] is not (']' or '\\'))
            {
                added = [.. Enumerable.Range(one[0], Math.Max(rest[1] - one[0] + 1, 0)).Select(code => (char)code)];
                rest = rest[2..];
            }

            members.UnionWith(added);
        }

        rest = rest.Length > 0 ? rest[1..] : rest;
        return members.Count == 0 ? null : members;
    }

    private static HashSet<char>? ReadMember(ReadOnlySpan<char> one)
    {
        if (one.Length == 1)
            return one[0] == '\\' ? null : [one[0]];
        return ReadSet(ref one);
    }

    private static (int Least, int Most)? ReadCount(ref ReadOnlySpan<char> rest)
    {
        char next = rest.Length > 0 ? rest[0] : '\0';
        if (next is '+' or '*' or '?')
        {
            rest = rest[1..];
            return IsLazy(rest) ? null : (next == '+' ? 1 : 0, next == '?' ? 1 : int.MaxValue);
        }

        if (next != '{')
            return (1, 1);
        int end = rest.IndexOf('}');
        if (end < 0)
            return null;
        string[] bounds = rest[1..end].ToString().Split(',');
        rest = rest[(end + 1)..];
        if (IsLazy(rest) || !int.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out int least))
            return null;
        return bounds switch
        {
            [_] => (least, least),
            [_, ""] => (least, int.MaxValue),
            [_, var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int most) => (least, most),
            _ => null,
        };
    }

    private static bool IsLazy(ReadOnlySpan<char> rest) => rest.Length > 0 && rest[0] is '?' or '+' or '*';

    private sealed record Part(HashSet<char> Members, SearchValues<byte> Values, int Least, int Most);
}
