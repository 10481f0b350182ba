using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>Makes stored heads of received ones (RFC 9111 §3.1, §3.2).</summary>
internal static class StoredHeads
{
    // Hop-by-hop fields the transports have taken off already (RFC 9110 §7.6.1); the others are made anew for each answer, or are of one exchange alone.
    private static readonly string[] s_notStored =
    [
        "Connection", "Transfer-Encoding", "Trailer", "Upgrade", "TE", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization", "Proxy-Connection",
        "Age", "Content-Length", "X-Request-ID", "X-Correlation-ID", "Proxy-Status", .. SurrogateKeys.Headers,
    ];

    // RFC 9111 §3.2: what tells of the stored bytes is not taken from a 304.
    private static readonly string[] s_notUpdated = ["Content-Encoding", "Content-Length", "Content-MD5", "Content-Range", "ETag"];

    /// <summary>The head of an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="lifetime">Its lifetime.</param>
    /// <param name="context">The request for which it was made.</param>
    /// <param name="plan">What the operation says.</param>
    /// <param name="sequence">When it was asked for.</param>
    public static StoredHead Of(in ReceivedAnswer answer, Lifetime lifetime, GatewayContext context, CachePlan plan, long sequence)
    {
        VarySpec vary = VarySpec.Of(answer.Headers.Vary);
        return new StoredHead
        {
            Status = answer.Status,
            Fields = FieldsOf(answer),
            Lifetime = lifetime,
            Validators = StoredValidators.Of(answer.Headers, answer.ReceivedAt),
            Vary = vary,
            VaryText = vary.TextOf(context),
            IsForAll = plan.Shares || answer.Directives.IsExplicitlyShared || answer.Directives.MustRevalidate,
            Sequence = sequence,
            Tags = [.. plan.Tags.Concat(SurrogateKeys.Of(answer.Headers)).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>The fields of a stored answer with those of a 304, or of an answer to HEAD, over them (RFC 9111 §3.2).</summary>
    public static HeaderDictionary Updated(StoredHead stored, IHeaderDictionary news)
    {
        var merged = new HeaderDictionary();
        foreach ((string name, StringValues values) in stored.Fields)
            merged[name] = values;
        foreach ((string name, StringValues values) in news)
        {
            if (!Contains(s_notUpdated, name))
                merged[name] = values;
        }

        return merged;
    }

    private static KeyValuePair<string, StringValues>[] FieldsOf(in ReceivedAnswer answer)
    {
        var fields = new List<KeyValuePair<string, StringValues>>(answer.Headers.Count);
        foreach ((string name, StringValues values) in answer.Headers)
        {
            // RFC 9111 §5.2.2.4, §5.2.2.7: the fields that private and no-cache name are for who asked alone.
            if (!Contains(s_notStored, name) && !Contains(answer.Directives.WithheldFields, name))
                fields.Add(new(name, values));
        }

        // RFC 9110 §6.6.1: a recipient with a clock gives an answer without a date one.
        if (answer.Headers.Date.Count == 0)
            fields.Add(new("Date", HttpDates.Format(answer.ReceivedAt)));
        return [.. fields];
    }

    private static bool Contains(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
