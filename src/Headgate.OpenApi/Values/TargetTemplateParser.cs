using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary>Reads one <see cref="TargetTemplate"/>.</summary>
internal sealed class TargetTemplateParser(ScalarNode node, DiagnosticBag diagnostics)
{
    private readonly string _text = node.Text;
    private readonly List<TargetPart> _parts = [];
    private bool _malformed;

    public TargetTemplate? Parse()
    {
        if (!_text.StartsWith('/') || _text.StartsWith("//", StringComparison.Ordinal))
        {
            Report(0, "it must begin with one '/'", "Write the path alone: the address belongs to the service.");
            return null;
        }

        IReadOnlyList<TargetPart> path = [];
        IReadOnlyList<TargetPart>? query = null;
        int end = ReadParts(0, stopAtQuery: true);
        path = [.. _parts];
        CheckSegments();
        if (end < _text.Length)
        {
            _parts.Clear();
            ReadParts(end + 1, stopAtQuery: false);
            query = [.. _parts];
        }

        return _malformed ? null : new TargetTemplate(node, _text, path, query);
    }

    private int ReadParts(int at, bool stopAtQuery)
    {
        int literalAt = at;
        while (at < _text.Length)
        {
            char c = _text[at];
            if (c == '{')
            {
                AddLiteral(literalAt, at);
                at = literalAt = ReadPlaceholder(at);
                continue;
            }

            if (c == '?' && stopAtQuery)
                break;
            if (c == '}')
                Report(at, "a '}' has no '{'", "Remove it, or write it as %7D.");
            else if (c is '#' or '\\' or <= ' ' or >= '\u007f')
                Report(at, $"'{c}' cannot stand in a request target", $"Write it percent-encoded ({Uri.EscapeDataString(c.ToString())}).");
            at++;
        }

        AddLiteral(literalAt, at);
        return at;
    }

    private int ReadPlaceholder(int open)
    {
        int close = _text.IndexOf('}', open);
        if (close < 0)
        {
            Report(open, "the brace is not closed", "Close it with '}'.");
            return _text.Length;
        }

        string name = _text[(open + 1)..close];
        if (name.StartsWith('$'))
        {
            ValueExpression? expression = ExpressionParser.ParseExpression(name, open + 1, node, diagnostics);
            _malformed |= expression is null;
            _parts.Add(new TargetPart(null, null, expression));
        }
        else if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            Report(open, $"'{name}' is not a placeholder's name", "Use letters, digits, '_', '-' and '.', as in {orderId}.");
        }
        else
        {
            _parts.Add(new TargetPart(null, name, null));
        }

        return close + 1;
    }

    // A dot segment would let the template leave the path that the document shows (RFC 3986 §5.2.4).
    private void CheckSegments()
    {
        if (!_text.Contains("/.", StringComparison.Ordinal) && !_text.Contains("%2e", StringComparison.OrdinalIgnoreCase))
            return;
        int end = _text.IndexOf('?', StringComparison.Ordinal);
        string path = end < 0 ? _text : _text[..end];
        foreach (string segment in path.Split('/'))
        {
            string decoded = segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            if (decoded is "." or "..")
                Report(_text.IndexOf("/" + segment, StringComparison.Ordinal) + 1, $"'{segment}' is a dot segment", "Write the path that is meant.");
        }
    }

    private void AddLiteral(int from, int to)
    {
        if (to > from)
            _parts.Add(new TargetPart(_text[from..to], null, null));
    }

    private void Report(int at, string problem, string fix)
    {
        _malformed = true;
        diagnostics.Add(ExtensionDiagnostics.BadTarget, node, $"'{_text}' is not a request target: {problem} (character {at + 1}).", fix);
    }
}
