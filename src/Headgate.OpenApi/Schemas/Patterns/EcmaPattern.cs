using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>
/// Translates a pattern of ECMA-262 (Unicode mode) into one of .NET with the same meaning: <c>$</c> is the very end, <c>\d</c> and <c>\w</c> are ASCII, a
/// character is a code point. <c>\b</c> alone keeps .NET's notion of a word. Escapes of punctuation that Unicode mode forbids are taken as the character, since
/// many documents have them.
/// </summary>
internal sealed class EcmaPattern
{
    private readonly EcmaReader _reader;
    private readonly StringBuilder _to = new();
    private int _openGroups;
    private bool _canRepeat;
    private bool _backtracks;

    private EcmaPattern(string text) => _reader = new EcmaReader(text);

    /// <summary>Translates a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="translated">The same for .NET.</param>
    /// <param name="problem">Why it is none, as the end of a sentence.</param>
    /// <param name="backtracks">Whether it uses what cannot be matched without backtracking.</param>
    public static bool TryTranslate(string text, [NotNullWhen(true)] out string? translated, [NotNullWhen(false)] out string? problem, out bool backtracks)
    {
        var pattern = new EcmaPattern(text);
        try
        {
            pattern.Translate();
            (translated, problem, backtracks) = (pattern._to.ToString(), null, pattern._backtracks);
            return true;
        }
        catch (PatternSyntaxException error)
        {
            (translated, problem, backtracks) = (null, error.Message, false);
            return false;
        }
    }

    private void Translate()
    {
        while (!_reader.IsAtEnd)
            TranslateOne(_reader.Take());
        if (_openGroups > 0)
            throw new PatternSyntaxException("a '(' has no ')'");
    }

    private void TranslateOne(int character)
    {
        switch (character)
        {
            case '^' or '|':
                Append(((char)character).ToString(), canRepeat: false);
                break;
            case '$':
                Append(@"\z", canRepeat: false);
                break;
            case '.':
                Append(CodePointSet.AllBut(@"\n\r\u2028\u2029"), canRepeat: true);
                break;
            case '(':
                OpenGroup();
                break;
            case ')':
                if (--_openGroups < 0)
                    throw new PatternSyntaxException("a ')' has no '('");
                Append(")", canRepeat: true);
                break;
            case '[':
                Append(EcmaClass.Read(_reader), canRepeat: true);
                break;
            case '*' or '+' or '?':
                AppendQuantifier(((char)character).ToString());
                break;
            case '{' when _reader.TakeCount() is { } count:
                AppendQuantifier(count);
                break;
            case '\\':
                TranslateEscape();
                break;
            default:
                Append(CodePointSet.Literal(character), canRepeat: true);
                break;
        }
    }

    private void AppendQuantifier(string quantifier)
    {
        if (!_canRepeat)
            throw new PatternSyntaxException($"there is nothing before '{quantifier}' to repeat");
        Append(quantifier, canRepeat: false);
        if (_reader.Skip('?'))
            _to.Append('?');
    }

    private void OpenGroup()
    {
        _openGroups++;
        if (!_reader.Skip('?'))
        {
            Append("(", canRepeat: false);
        }
        else if (_reader.Skip(':'))
        {
            Append("(?:", canRepeat: false);
        }
        else if (_reader.Skip('=') || _reader.Skip('!'))
        {
            Append($"(?{_reader.Former}", canRepeat: false);
            _backtracks = true;
        }
        else if (_reader.Skip('<'))
        {
            OpenNamed();
        }
        else
        {
            throw new PatternSyntaxException("it has a group of a kind that ECMA-262 does not know");
        }
    }

    private void OpenNamed()
    {
        if (_reader.Skip('=') || _reader.Skip('!'))
        {
            Append($"(?<{_reader.Former}", canRepeat: false);
            _backtracks = true;
            return;
        }

        Append($"(?<{_reader.TakeName()}>", canRepeat: false);
    }

    private void TranslateEscape()
    {
        int escaped = _reader.Take();
        if (escaped is 'b' or 'B')
        {
            Append($@"\{(char)escaped}", canRepeat: false);
        }
        else if (escaped is >= '1' and <= '9')
        {
            Append($"(?:\\{_reader.TakeNumber(escaped)})", canRepeat: true);
            _backtracks = true;
        }
        else if (escaped == 'k' && _reader.Skip('<'))
        {
            Append($@"\k<{_reader.TakeName()}>", canRepeat: true);
            _backtracks = true;
        }
        else if (EcmaEscape.ClassOf(escaped, _reader) is { } content)
        {
            Append(EcmaEscape.IsComplement(escaped) ? CodePointSet.AllBut(content) : $"[{content}]", canRepeat: true);
        }
        else
        {
            Append(CodePointSet.Literal(EcmaEscape.CharacterOf(escaped, _reader)), canRepeat: true);
        }
    }

    private void Append(string text, bool canRepeat)
    {
        _to.Append(text);
        _canRepeat = canRepeat;
    }
}
