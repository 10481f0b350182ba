namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>A class in brackets (ECMA-262 §22.2.1: CharacterClass).</summary>
internal static class EcmaClass
{
    /// <summary>Reads the class whose bracket was read, and writes it for .NET.</summary>
    public static string Read(EcmaReader reader)
    {
        var set = new CodePointSet();
        bool isNegated = reader.Skip('^');
        while (!reader.Skip(']'))
        {
            if (ReadAtom(reader, set) is not { } from)
                continue;
            if (!TakesRange(reader))
            {
                set.Add(from, from);
                continue;
            }

            AddRange(reader, set, from);
        }

        return set.ToExpression(isNegated);
    }

    private static void AddRange(EcmaReader reader, CodePointSet set, int from)
    {
        // After a set there is no range: "[a-\d]" is the letter, the hyphen and the digits.
        if (ReadAtom(reader, set) is not { } to)
        {
            set.Add(from, from);
            set.Add('-', '-');
            return;
        }

        if (to < from)
            throw new PatternSyntaxException("a range in a class is out of order");
        set.Add(from, to);
    }

    // A hyphen before the closing bracket is itself.
    private static bool TakesRange(EcmaReader reader) => !reader.IsNext('-', ']') && reader.Skip('-');

    /// <summary>One character; null when a whole set was added.</summary>
    private static int? ReadAtom(EcmaReader reader, CodePointSet set)
    {
        int character = reader.Take();
        if (character != '\\')
            return character;
        int escaped = reader.Take();
        if (escaped == 'b')
            return '\b';
        if (EcmaEscape.ClassOf(escaped, reader) is not { } content)
            return EcmaEscape.CharacterOf(escaped, reader);
        if (EcmaEscape.IsComplement(escaped))
            set.AddAllBut(escaped switch { 'D' => @"\u0000-\u002F\u003A-\uD7FF\uE000-\uFFFF", 'W' => Complement.Word, _ => Complement.WhiteSpace });
        else
            set.AddBasic(content);
        return null;
    }

    private static class Complement
    {
        public const string Word = @"\u0000-\u002F\u003A-\u0040\u005B-\u005E\u0060\u007B-\uD7FF\uE000-\uFFFF";

        public const string WhiteSpace = @"\u0000-\u0008\u000E-\u001F\u0021-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uD7FF\uE000-\uFEFE\uFF00-\uFFFF";
    }
}
