namespace Headgate.Gateway.Policies.Validation;

/// <summary>Cuts the text of a parameter into items, or into names and values, by its style (RFC 6570 §3.2). Nothing is decoded and nothing copied.</summary>
internal ref struct ParameterParts
{
    private const string NameAlone = "has a name without a value";

    private readonly ParameterRule _rule;
    private ReadOnlySpan<char> _rest;
    private bool _isOver;

    /// <param name="rule">An array or object.</param>
    /// <param name="text">Its text, or that of one piece of it, as sent.</param>
    public ParameterParts(ParameterRule rule, ReadOnlySpan<char> text)
    {
        _rule = rule;
        _rest = text;
        Problem = StripPrefix(rule, ref _rest);
    }

    /// <summary>What is wrong with the text, once there are no more parts; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Of an object: the name of the part.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>The item, or the value of the name.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Goes on to the next part; false where there is none, or the text is none of its style.</summary>
    public bool MoveNext()
    {
        if (_isOver || Problem is not null)
            return false;
        if (_rule.Shape == ParameterShape.Array)
            TakeItem();
        else if (_rule.Explode)
            TakePair();
        else
            TakeNameAndValue();
        return Problem is null;
    }

    /// <summary>Takes off what stands before all parts: a label begins with a dot, a path-style parameter with a semicolon and, but for exploded ones, its name (RFC 6570 §3.2.5, §3.2.7).</summary>
    /// <returns>What is wrong with the text; null when nothing is.</returns>
    public static string? StripPrefix(ParameterRule rule, ref ReadOnlySpan<char> text)
    {
        char prefix = rule.Style switch { ParameterStyle.Label => '.', ParameterStyle.Matrix => ';', _ => '\0' };
        if (prefix == '\0')
            return null;
        if (text.IsEmpty || text[0] != prefix)
            return $"must begin with '{prefix}' (style {rule.Style.ToString().ToLowerInvariant()})";
        text = text[1..];
        return rule.Style == ParameterStyle.Matrix && !(rule.Explode && rule.Shape != ParameterShape.Scalar) ? StripName(rule, ref text) : null;
    }

    // RFC 6570 §3.2.7: an empty value has no equals sign.
    private static string? StripName(ParameterRule rule, ref ReadOnlySpan<char> text)
    {
        if (text.SequenceEqual(rule.Name))
        {
            text = default;
            return null;
        }

        if (!text.StartsWith(rule.Name) || text[rule.Name.Length] != '=')
            return $"must name itself: ;{rule.Name}=… (style matrix)";
        text = text[(rule.Name.Length + 1)..];
        return null;
    }

    private void TakeItem()
    {
        ReadOnlySpan<char> part = Cut();
        if (_rule is { Style: ParameterStyle.Matrix, Explode: true })
            Problem = StripName(_rule, ref part);
        Value = part;
    }

    private void TakePair()
    {
        ReadOnlySpan<char> part = Cut();
        int equals = part.IndexOf('=');

        // RFC 6570 §3.2.7: among path-style parameters alone an empty value has no equals sign.
        if (equals < 0 && _rule.Style != ParameterStyle.Matrix)
            Problem = NameAlone;
        Name = equals < 0 ? part : part[..equals];
        Value = equals < 0 ? default : part[(equals + 1)..];
    }

    // RFC 6570 §3.2.2: without explode, names and values stand in turn.
    private void TakeNameAndValue()
    {
        Name = Cut();
        if (_isOver)
            Problem = NameAlone;
        else
            Value = Cut();
    }

    private ReadOnlySpan<char> Cut()
    {
        int end = ParameterDelimiter.Find(_rule, _rest, out int length);
        _isOver = end < 0;
        ReadOnlySpan<char> part = _isOver ? _rest : _rest[..end];
        _rest = _isOver ? default : _rest[(end + length)..];

        // RFC 9110 §5.6.1: white space may stand around the commas of a field.
        return _rule.Encoding == TextEncoding.None ? part.Trim(" \t") : part;
    }
}
