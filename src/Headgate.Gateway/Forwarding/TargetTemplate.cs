using System.Text;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// The path of <c>x-gateway-backend</c>, compiled: literals and the client's path parameters. Values pass still percent-encoded, so a value never
/// becomes two segments. The client's query follows; a query of the template comes before it. Immutable.
/// </summary>
internal sealed class TargetTemplate
{
    private readonly (string? Literal, int Parameter)[] _parts;
    private readonly string _text;
    private readonly bool _hasQuery;

    /// <summary>Makes the template from its parts: a literal, or the position of a path parameter.</summary>
    public TargetTemplate(string text, IEnumerable<(string? Literal, int Parameter)> parts)
    {
        _text = text;
        _parts = [.. parts];
        _hasQuery = text.Contains('?', StringComparison.Ordinal);
    }

    public string Resolve(GatewayContext context)
    {
        string query = context.Request.Query;
        if (_parts is [{ Literal: { } only }] && query.Length == 0)
            return only;

        var target = new StringBuilder(128);
        foreach ((string? literal, int parameter) in _parts)
            Append(target, literal, parameter, context);
        if (query.Length > 1)
            target.Append(_hasQuery ? '&' : '?').Append(query, 1, query.Length - 1);
        return target.ToString();
    }

    private static void Append(StringBuilder target, string? literal, int parameter, GatewayContext context)
    {
        if (literal is not null)
            target.Append(literal);
        else
            target.Append(context.PathValues[parameter]);
    }

    public override string ToString() => _text;
}
