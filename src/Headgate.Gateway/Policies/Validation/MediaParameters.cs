using System.Buffers;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>
/// Reads the parameters of a media type (RFC 9110 §5.6.6) one by one, quoted ones without their quotes. Quotes are honoured, so that a semicolon inside them begins no
/// parameter; a backslash inside them, which receivers understand in different ways, breaks the whole.
/// </summary>
/// <param name="text">What follows type and subtype.</param>
internal ref struct MediaParameters(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> s_token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private ReadOnlySpan<char> _rest = text;

    public ReadOnlySpan<char> Name { get; private set; }

    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Whether reading ended at something that is no parameter.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether a text is a token (RFC 9110 §5.6.2).</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(s_token);

    /// <summary>Goes to the next parameter.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            _rest = _rest.TrimStart(" \t");
            if (_rest.IsEmpty)
                return false;
            if (_rest[0] != ';')
                return Break();
            _rest = _rest[1..].TrimStart(" \t");

            // RFC 9110 §5.6.6: between two semicolons there may be nothing.
            if (!_rest.IsEmpty && _rest[0] != ';')
                return ReadName() && ReadValue();
        }
    }

    private bool ReadName()
    {
        int end = _rest.IndexOfAnyExcept(s_token);
        if (end <= 0 || _rest[end] != '=')
            return Break();
        Name = _rest[..end];
        _rest = _rest[(end + 1)..];
        return true;
    }

    private bool ReadValue()
    {
        if (_rest.StartsWith("\""))
        {
            int quote = _rest[1..].IndexOfAny("\"\\");
            if (quote < 0 || _rest[quote + 1] == '\\')
                return Break();
            Value = _rest.Slice(1, quote);
            _rest = _rest[(quote + 2)..];
            return true;
        }

        int end = _rest.IndexOfAnyExcept(s_token);
        Value = end < 0 ? _rest : _rest[..end];
        _rest = _rest[Value.Length..];
        return Value.Length > 0 || Break();
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }
}
