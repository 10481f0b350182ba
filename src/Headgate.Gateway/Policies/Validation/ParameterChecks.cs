using System.Text;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Model;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>All parameters of an operation. Immutable and thread-safe.</summary>
/// <param name="rules">What they are held to.</param>
/// <param name="onlyKnown">What may stand in a query beside them; null for anything.</param>
internal sealed class ParameterChecks(ParameterRule[] rules, KnownQuery? onlyKnown)
{
    private readonly ParameterRule[] _path = [.. rules.Where(rule => rule.In == ParameterLocation.Path)];
    private readonly ParameterRule[] _headers = [.. rules.Where(rule => rule.In == ParameterLocation.Header)];
    private readonly PairParameters? _query = PairsOf([.. rules.Where(rule => rule.In is ParameterLocation.Query or ParameterLocation.QueryString)], isNeeded: onlyKnown is not null);
    private readonly PairParameters? _cookies = PairsOf([.. rules.Where(rule => rule.In == ParameterLocation.Cookie)], isNeeded: false);

    /// <summary>Whether there is nothing to check.</summary>
    public bool IsEmpty => rules.Length == 0 && onlyKnown is null;

    /// <summary>Whether a check may take long.</summary>
    public bool IsSlow => rules.Any(rule => rule.Validator is { IsSlow: true });

    public void Check(GatewayContext context, ValidationMemory memory, ref Violations violations)
    {
        foreach (ParameterRule rule in _path)
        {
            var reader = new ParameterReader(rule, memory);
            reader.Add(context.PathValues[rule.PathIndex]);
            reader.Finish(ref violations);
        }

        if (_query is not null)
            CheckQuery(_query, context.Request.Query, memory, ref violations);
        foreach (ParameterRule rule in _headers)
            CheckHeader(rule, context, memory, ref violations);
        if (_cookies is not null)
            CheckCookies(_cookies, context.Request.Headers.Cookie, memory, ref violations);
    }

    private static PairParameters? PairsOf(ParameterRule[] rules, bool isNeeded) => rules.Length > 0 || isNeeded ? new PairParameters(rules) : null;

    private void CheckQuery(PairParameters parameters, string query, ValidationMemory memory, ref Violations violations)
    {
        ReadOnlySpan<char> text = query.StartsWith('?') ? query.AsSpan(1) : query;
        memory.Query.Clear();
        if (!memory.Query.TryParse(text, '&', TextEncoding.Form))
        {
            violations.Add("#/query", $"has a name that is not valid percent-encoded UTF-8, or more than {PairList.MostPairs} parameters");
            return;
        }

        parameters.Check(memory.Query, text, memory, ref violations);
        if (onlyKnown is not null)
            RefuseUnknown(parameters, onlyKnown, memory.Query, ref violations);
    }

    private static void RefuseUnknown(PairParameters parameters, KnownQuery others, PairList pairs, ref Violations violations)
    {
        for (int pair = 0; pair < pairs.Count && !violations.IsFull; pair++)
        {
            if (pairs.IsFirst(pair) && !parameters.Own(pairs.Name(pair)) && !others.Has(pairs.Name(pair)))
                violations.Add(ParameterPointer.Of("query", Encoding.UTF8.GetString(pairs.Name(pair))), "is not a parameter of this operation");
        }
    }

    private static void CheckHeader(ParameterRule rule, GatewayContext context, ValidationMemory memory, ref Violations violations)
    {
        StringValues values = rule.Source switch
        {
            HeaderSource.RequestId => context.RequestId,
            HeaderSource.CorrelationId => context.CorrelationId,
            HeaderSource.User => context.User,
            HeaderSource.Tenant => context.Tenant ?? context.Request.Headers[rule.Name],
            _ => context.Request.Headers[rule.Name],
        };
        if (values.Count == 0)
        {
            if (rule.Required)
                violations.Add(rule.Pointer, "is required");
            return;
        }

        var reader = new ParameterReader(rule, memory);
        foreach (string? value in values)
            reader.Add(value);
        reader.Finish(ref violations);
    }

    private static void CheckCookies(PairParameters parameters, StringValues fields, ValidationMemory memory, ref Violations violations)
    {
        // RFC 9113 §8.2.3: several fields are one list. One is the rule; only then can values be slices of it.
        string text = fields.Count <= 1 ? fields.ToString() : string.Join("; ", fields.AsEnumerable());
        memory.Cookies.Clear();

        // RFC 6265 §4.1.1: the name of a cookie is a token; what looks percent-encoded in it is its own. A foreign cookie must not fail the request.
        if (memory.Cookies.TryParse(text, ';', TextEncoding.None))
            parameters.Check(memory.Cookies, text, memory, ref violations);
        else
            violations.Add("#/cookie", $"has more than {PairList.MostPairs} cookies, or a name that is not Unicode text");
    }
}
