namespace Headgate.Gateway.Telemetry;

/// <summary>The parameters of a query, cut without allocation. Concatenating all names and values gives the query again.</summary>
internal ref struct QueryParameters(QueryRedactor redactor, ReadOnlySpan<char> query)
{
    private ReadOnlySpan<char> _rest = query;

    public QueryParameter Current { get; private set; }

    public readonly QueryParameters GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;

        // The semicolon separates too, as old forms have it: reading it as part of a value could hide a parameter.
        int start = _rest[0] is '?' or '&' or ';' ? 1 : 0;
        int end = _rest[start..].IndexOfAny('&', ';');
        ReadOnlySpan<char> parameter = end < 0 ? _rest : _rest[..(start + end)];
        _rest = _rest[parameter.Length..];

        int equals = parameter.IndexOf('=');
        if (equals < 0)
        {
            // Without a name: a token that is sent bare has nothing but its look.
            Current = new QueryParameter(parameter[..start], parameter[start..], QueryRedactor.IsToken(parameter));
            return true;
        }

        ReadOnlySpan<char> value = parameter[(equals + 1)..];
        Current = new QueryParameter(parameter[..(equals + 1)], value, redactor.IsSecret(parameter[start..equals], value));
        return true;
    }
}
