using System.Globalization;

namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>What follows a backslash (ECMA-262 §22.2.1: CharacterEscape, CharacterClassEscape).</summary>
internal static class EcmaEscape
{
    private const string Digits = "0-9";
    private const string WordCharacters = "a-zA-Z0-9_";

    // ECMA-262 §22.2.2.9: WhiteSpace and LineTerminator, the byte order mark among them.
    private const string WhiteSpace = @"\t\n\v\f\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

    /// <summary>
    /// The content of a .NET class for an escape that stands for many characters; null for the others. Of <c>\D</c>, <c>\W</c> and <c>\S</c> it is what they leave out.
    /// </summary>
    public static string? ClassOf(int escaped, EcmaReader reader) => escaped switch
    {
        'd' or 'D' => Digits,
        'w' or 'W' => WordCharacters,
        's' or 'S' => WhiteSpace,
        'p' or 'P' when reader.Skip('{') => PropertyOf(reader.TakeUntil('}'), escaped == 'P'),
        _ => null,
    };

    public static bool IsComplement(int escaped) => escaped is 'D' or 'W' or 'S';

    /// <summary>The one character that an escape stands for.</summary>
    public static int CharacterOf(int escaped, EcmaReader reader) => escaped switch
    {
        't' => '\t',
        'n' => '\n',
        'v' => '\v',
        'f' => '\f',
        'r' => '\r',
        '0' => '\0',
        'c' => ControlOf(reader.Take()),
        'x' => reader.TakeHex(2),
        'u' => CodePointOf(reader),
        _ when escaped < 128 && char.IsAsciiLetterOrDigit((char)escaped) => throw Unknown(escaped),
        _ => escaped,
    };

    private static string PropertyOf(string name, bool isNegated) => UnicodeProperty.Find(name, isNegated)
        ?? throw new PatternSyntaxException($"the Unicode property '{name}' is not among those that Headgate takes (general categories, Any, ASCII)");

    private static int ControlOf(int letter) => letter < 128 && char.IsAsciiLetter((char)letter)
        ? letter % 32
        : throw new PatternSyntaxException("a '\\c' has no letter after it");

    private static int CodePointOf(EcmaReader reader)
    {
        if (reader.Skip('{'))
        {
            string digits = reader.TakeUntil('}');
            return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int codePoint) && codePoint is >= 0 and <= 0x10FFFF
                ? codePoint
                : throw new PatternSyntaxException($"'\\u{{{digits}}}' is no code point");
        }

        int unit = reader.TakeHex(4);
        if (!char.IsHighSurrogate((char)unit) || !reader.IsNext('\\', 'u'))
            return unit;
        reader.Take();
        reader.Take();
        int low = reader.TakeHex(4);
        return char.IsLowSurrogate((char)low) ? char.ConvertToUtf32((char)unit, (char)low) : throw new PatternSyntaxException("an escape is half of a surrogate pair");
    }

    private static PatternSyntaxException Unknown(int escaped) => escaped switch
    {
        'A' => new("ECMA-262 has no '\\A': write '^'"),
        'Z' or 'z' => new($"ECMA-262 has no '\\{(char)escaped}': write '$'"),
        _ => new($"ECMA-262 has no '\\{(char)escaped}'"),
    };
}
