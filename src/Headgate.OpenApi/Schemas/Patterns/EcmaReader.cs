using System.Globalization;
using System.Text;

namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>Reads a pattern code point by code point.</summary>
internal sealed class EcmaReader(string text)
{
    private int _at;

    public bool IsAtEnd => _at >= text.Length;

    /// <summary>The character that was read last.</summary>
    public char Former => text[_at - 1];

    public int Take()
    {
        if (IsAtEnd)
            throw new PatternSyntaxException("it ends too early");
        int length = Rune.TryGetRuneAt(text, _at, out Rune rune) ? rune.Utf16SequenceLength : 1;
        int character = length == 2 ? rune.Value : text[_at];
        _at += length;
        return character;
    }

    public bool Skip(char character)
    {
        if (IsAtEnd || text[_at] != character)
            return false;
        _at++;
        return true;
    }

    /// <summary>Whether the next two are these, of which nothing is read.</summary>
    public bool IsNext(char first, char second) => _at + 1 < text.Length && text[_at] == first && text[_at + 1] == second;

    /// <summary>The rest of <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c> after its brace, as a quantifier; null, and nothing read, when it is none.</summary>
    public string? TakeCount()
    {
        int end = text.IndexOf('}', _at);
        if (end < 0)
            return null;
        string[] bounds = text[_at..end].Split(',');
        if (bounds.Length > 2 || bounds[0].Length == 0 || !bounds.All(bound => bound.All(char.IsAsciiDigit)))
            return null;
        if (bounds.Any(bound => bound.Length > 9) || (bounds is [_, { Length: > 0 } most] && int.Parse(bounds[0], CultureInfo.InvariantCulture) > int.Parse(most, CultureInfo.InvariantCulture)))
            throw new PatternSyntaxException($"the count {{{text[_at..end]}}} is out of order or too large");
        string count = $"{{{text[_at..end]}}}";
        _at = end + 1;
        return count;
    }

    /// <summary>The name of a group, up to its <c>&gt;</c>.</summary>
    public string TakeName() => TakeUntil('>') is { Length: > 0 } name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '$')
        ? name.Replace('$', '_')
        : throw new PatternSyntaxException("a group has no name that Headgate takes");

    public string TakeUntil(char end)
    {
        int at = text.IndexOf(end, _at);
        if (at < 0)
            throw new PatternSyntaxException($"a '{end}' is missing");
        string taken = text[_at..at];
        _at = at + 1;
        return taken;
    }

    /// <summary>A decimal number whose first digit was read.</summary>
    public string TakeNumber(int first)
    {
        int from = _at;
        while (!IsAtEnd && char.IsAsciiDigit(text[_at]))
            _at++;
        return (char)first + text[from.._at];
    }

    /// <summary>So many hexadecimal digits.</summary>
    public int TakeHex(int digits)
    {
        if (_at + digits > text.Length || !int.TryParse(text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
            throw new PatternSyntaxException($"an escape has not its {digits} hexadecimal digits");
        _at += digits;
        return value;
    }
}
