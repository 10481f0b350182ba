namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>
/// Reads the directives of <c>Cache-Control</c> (RFC 9111 §5.2) one by one: names as they stand, values without their quotes. What is no directive is passed over. A value
/// for one field line.
/// </summary>
/// <param name="line">The field line's value.</param>
internal ref struct DirectiveReader(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line;

    /// <summary>The name of the directive; compare it without regard to case.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>The value; empty when there is none.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Whether there is a value.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Goes to the next directive.</summary>
    /// <returns>False at the end.</returns>
    public bool Read()
    {
        while (!_rest.IsEmpty)
        {
            ReadOnlySpan<char> member = NextMember();
            int equals = member.IndexOf('=');
            Name = equals < 0 ? member : member[..equals];
            HasValue = equals >= 0;
            Value = HasValue ? Unquoted(member[(equals + 1)..]) : default;

            // A name is a token (RFC 9110 §5.6.2): one with a blank before the equals sign is none, and so no directive.
            if (!Name.IsEmpty && !Name.ContainsAny(' ', '\t', '"'))
                return true;
        }

        return false;
    }

    /// <summary>Whether the directive has that name.</summary>
    public readonly bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value as delta-seconds (RFC 9111 §1.2.2): beyond 2^31 they are 2^31.</summary>
    /// <returns>Null when the value is none.</returns>
    public readonly int? Seconds() => DeltaSeconds.Parse(Value);

    // A comma inside quotes belongs to the value.
    private ReadOnlySpan<char> NextMember()
    {
        bool quoted = false;
        int i = 0;
        for (; i < _rest.Length && (quoted || _rest[i] != ','); i++)
        {
            if (_rest[i] == '"')
                quoted = !quoted;
            else if (quoted && _rest[i] == '\\')
                i++;
        }

        int end = Math.Min(i, _rest.Length);
        ReadOnlySpan<char> member = _rest[..end].Trim(" \t");
        _rest = end < _rest.Length ? _rest[(end + 1)..] : default;
        return member;
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> value) =>
        value is ['"', .., '"'] ? value[1..^1] : value;
}
