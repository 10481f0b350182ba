using System.Text;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// The path of <c>x-gateway-backend</c>, compiled. Values pass still percent-encoded, so that one never becomes two segments or another
/// query parameter. The client's query follows the template's. Immutable.
/// </summary>
internal sealed class TargetPlan(string text, IReadOnlyList<TargetPlanPart> parts)
{
    private readonly TargetPlanPart[] _parts = [.. parts];
    private readonly bool _hasQuery = text.Contains('?', StringComparison.Ordinal);

    public string Resolve(GatewayContext context)
    {
        string query = context.ForwardedQuery;
        if (_parts is [{ Text: { } only }] && query.Length == 0)
            return only;

        var target = new StringBuilder(128);
        foreach (TargetPlanPart part in _parts)
            Append(target, part, context);
        if (query.Length > 1)
            target.Append(_hasQuery ? '&' : '?').Append(query, 1, query.Length - 1);
        return target.ToString();
    }

    public override string ToString() => text;

    private static void Append(StringBuilder target, TargetPlanPart part, GatewayContext context)
    {
        if (part.Text is not null)
        {
            target.Append(part.Text);
            return;
        }

        ReadOnlySpan<char> value = context.PathValues[part.Parameter];
        if (!part.InQuery)
        {
            target.Append(value);
            return;
        }

        // What is plain in a path segment but separates or joins in a query (WHATWG URL, form encoding).
        foreach (char c in value)
        {
            if (c is '&' or '+' or '=' or ';')
                target.Append('%').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else
                target.Append(c);
        }
    }
}
