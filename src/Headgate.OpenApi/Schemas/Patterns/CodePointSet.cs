using System.Globalization;
using System.Text;

namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>
/// A set of characters written as a .NET expression. ECMA-262's Unicode mode counts code points where .NET counts UTF-16 units: what is beyond the basic plane is
/// written as pairs.
/// </summary>
internal sealed class CodePointSet
{
    private const int FirstAstral = 0x10000;
    private const int LastCodePoint = 0x10FFFF;
    private const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private readonly StringBuilder _basic = new();
    private readonly List<(int From, int To)> _astral = [];

    /// <summary>One character, in .NET's notation, as a unit that a quantifier may follow.</summary>
    public static string Literal(int codePoint) => codePoint < FirstAstral ? Unit(codePoint) : $"(?:{Pair(codePoint)})";

    /// <summary>Every character but those of a .NET class, which has only characters of the basic plane.</summary>
    public static string AllBut(string basic) => $@"(?:[^{basic}\uD800-\uDFFF]|{AnyPair})";

    public void Add(int from, int to)
    {
        if (from < FirstAstral)
            _basic.Append(Unit(from)).Append('-').Append(Unit(Math.Min(to, FirstAstral - 1)));
        if (to >= FirstAstral)
            _astral.Add((Math.Max(from, FirstAstral), to));
    }

    /// <summary>Adds what stands between the brackets of a .NET class.</summary>
    public void AddBasic(string content) => _basic.Append(content);

    /// <summary>Adds all characters but those of a .NET class.</summary>
    public void AddAllBut(string negatedContent)
    {
        _basic.Append(negatedContent);
        _astral.Add((FirstAstral, LastCodePoint));
    }

    public string ToExpression(bool isNegated)
    {
        string basic = _basic.Length == 0 ? "" : isNegated ? $@"[^{_basic}\uD800-\uDFFF]" : $"[{_basic}]";
        if (isNegated && _basic.Length == 0)
            basic = @"[^\uD800-\uDFFF]";
        IEnumerable<(int From, int To)> pairs = isNegated ? Complement() : _astral;
        string[] parts = [.. pairs.SelectMany(range => Pairs(range.From, range.To)).Prepend(basic).Where(part => part.Length > 0)];
        return parts.Length switch
        {
            0 => @"[^\s\S]",
            1 when basic.Length > 0 => basic,
            _ => $"(?:{string.Join('|', parts)})",
        };
    }

    private IEnumerable<(int From, int To)> Complement()
    {
        int next = FirstAstral;
        foreach ((int from, int to) in _astral.Order())
        {
            if (from > next)
                yield return (next, from - 1);
            next = Math.Max(next, to + 1);
        }

        if (next <= LastCodePoint)
            yield return (next, LastCodePoint);
    }

    private static IEnumerable<string> Pairs(int from, int to)
    {
        while (from <= to)
        {
            int high = High(from);
            int last = Math.Min(to, FirstAstral + ((high - 0xD800 + 1) << 10) - 1);

            // Whole rows of pairs are taken together.
            if (Low(from) == 0xDC00 && Low(to) == 0xDFFF)
                last = to;
            yield return $"[{Unit(high)}-{Unit(High(last))}][{Unit(Low(from))}-{Unit(Low(last))}]";
            from = last + 1;
        }
    }

    private static int High(int codePoint) => 0xD800 + ((codePoint - FirstAstral) >> 10);

    private static int Low(int codePoint) => 0xDC00 + ((codePoint - FirstAstral) & 0x3FF);

    private static string Pair(int codePoint) => Unit(High(codePoint)) + Unit(Low(codePoint));

    private static string Unit(int unit) => string.Create(CultureInfo.InvariantCulture, $@"\u{unit:X4}");
}
