using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>The scope that an operation names: <c>team:frontend</c>, or <c>team:{teamId}</c> with a path parameter. Immutable.</summary>
internal sealed class RequestScope
{
    private readonly string _value;
    private readonly int _parameter;

    /// <summary>Takes a scope as the document has it.</summary>
    /// <param name="text">The scope.</param>
    /// <param name="parameterNames">The operation's path parameters.</param>
    public RequestScope(string text, IReadOnlyList<string> parameterNames)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        (Kind, _value) = (text[..colon], text[(colon + 1)..]);
        _parameter = _value.StartsWith('{') ? parameterNames.ToList().IndexOf(_value[1..^1]) : -1;
    }

    /// <summary>What it names one of.</summary>
    public string Kind { get; }

    /// <summary>Which one, in a request. A value with an encoded character is taken as it stands: no role is named so, and it covers nothing.</summary>
    public ReadOnlySpan<char> ValueIn(GatewayContext context) => _parameter < 0 ? _value : context.PathValues[_parameter];

    public override string ToString() => $"{Kind}:{_value}";
}
