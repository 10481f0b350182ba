using System.Globalization;
using System.Text;

namespace Headgate.OpenApi.Overlays;

/// <summary>Reads the tokens of a JSONPath.</summary>
internal sealed class PathScanner(string text)
{
    public int At { get; private set; }

    public bool AtEnd => At >= text.Length;

    /// <summary>The character here, or NUL at the end.</summary>
    public char Current => At < text.Length ? text[At] : '\0';

    public PathSyntaxException Error(string message, bool unsupported = false) => new($"{message} (at character {At + 1})", unsupported);

    // RFC 9535 §2.1.1: blank space is allowed between segments and inside brackets.
    public void SkipBlanks()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
            At++;
    }

    public bool Take(string expected)
    {
        if (string.CompareOrdinal(text, At, expected, 0, expected.Length) != 0)
            return false;
        At += expected.Length;
        return true;
    }

    public void Expect(string expected)
    {
        if (!Take(expected))
            throw Error($"Expected '{expected}'");
    }

    /// <summary>
    /// A name in shorthand notation, or null. Beyond RFC 9535 §2.5.1 a '-' may stand inside, as the Overlay Specification's own
    /// examples have it (<c>@.x-oai-traits</c>).
    /// </summary>
    public string? TakeName()
    {
        int start = At;
        while (char.IsLetterOrDigit(Current) || Current is '_' or >= '\u0080' || (Current == '-' && At > start))
        {
            if (At == start && char.IsAsciiDigit(Current))
                return null;
            At++;
        }

        return At > start ? text[start..At] : null;
    }

    public long? TakeInteger()
    {
        int start = At;
        if (Current == '-')
            At++;
        while (char.IsAsciiDigit(Current))
            At++;
        if (At == start)
            return null;
        if (long.TryParse(text.AsSpan(start, At - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            return value;
        throw Error("Expected a whole number");
    }

    /// <summary>A number as JSON writes it.</summary>
    public string TakeNumber()
    {
        int start = At;
        while (char.IsAsciiDigit(Current) || Current is '-' or '+' or '.' or 'e' or 'E')
            At++;
        if (double.TryParse(text.AsSpan(start, At - start), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return text[start..At];
        throw Error("Expected a number");
    }

    /// <summary>A string in single or double quotes.</summary>
    public string TakeString()
    {
        char quote = Current;
        At++;
        var value = new StringBuilder();
        while (!AtEnd && Current != quote)
        {
            value.Append(Current == '\\' ? TakeEscape() : Current);
            At++;
        }

        if (AtEnd)
            throw Error("A string has no end");
        At++;
        return value.ToString();
    }

    /// <summary>The character of an escape; ends at its last character.</summary>
    private char TakeEscape()
    {
        At++;
        switch (Current)
        {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case '/' or '\\' or '\'' or '"':
                return Current;
            case 'u' when At + 4 < text.Length && ushort.TryParse(text.AsSpan(At + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                At += 4;
                return (char)code;
            default:
                throw Error("Unknown escape");
        }
    }
}
