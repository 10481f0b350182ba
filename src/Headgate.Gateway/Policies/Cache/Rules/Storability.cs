using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>Whether an answer may be stored (RFC 9111 §3). Pure.</summary>
internal static class Storability
{
    // RFC 9111 §4.1: * matches no request. The others Headgate writes anew for each, or they tell of the client's connection.
    private static readonly string[] s_neverTheSame =
        ["*", "X-Request-ID", "X-Correlation-ID", "traceparent", "tracestate", "Via", "Forwarded", "X-Forwarded-For", "Connection"];

    /// <summary>Why an answer is not stored; null when it is.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="lifetime">Its lifetime.</param>
    /// <param name="shares">Whether the document says that all callers share answers.</param>
    /// <param name="credentials">What of the caller the request showed.</param>
    public static string? Refusal(in ReceivedAnswer answer, Lifetime lifetime, bool shares, RequestCredentials credentials)
    {
        ResponseDirectives said = answer.Directives;
        bool isShared = shares || said.IsExplicitlyShared;
        if (answer.Status is < 200 or 206 or 304 or 416)
            return "its status is none that is stored";
        if (said.MustUnderstand ? !Statuses.IsUnderstood(answer.Status) : said.NoStore)
            return said.MustUnderstand ? "must-understand, and its status is unknown" : "no-store";
        if (said.IsPrivate)
            return "private";

        // RFC 9111 §3.5; must-revalidate allows it too.
        if (credentials == RequestCredentials.Unverified && !isShared && !said.MustRevalidate)
            return "the request has credentials that nobody verified here, and the answer does not say that it is for all";

        // Of cookies no RFC says so, but upstreams tell callers apart by them: an answer to one is for others when it says so, or names Cookie in Vary.
        if (credentials == RequestCredentials.Cookie && !isShared && !Names(answer.Headers.Vary, "Cookie"))
            return "the request has a cookie, and the answer does not say that it is for all";

        // The document knows whom answers are for, and not what else is in them: whose cookie may be everybody's the service says alone.
        if (answer.Headers.SetCookie.Count > 0 && !said.IsExplicitlyShared && !Contains(said.WithheldFields, "Set-Cookie"))
            return "it sets a cookie, and does not say itself that it is for all";
        if (Names(answer.Headers.Vary, s_neverTheSame) is { } field)
            return $"Vary names {field}, which no two requests have in common";
        if (!LifetimeCalculation.IsExplicit(answer) && !said.IsPublic && !Statuses.IsHeuristicallyCacheable(answer.Status))
            return "its status is not stored without explicit freshness";
        return IsOfUse(answer, lifetime) ? null : "it is neither fresh nor can it be validated";
    }

    private static string? Names(StringValues vary, string[] fields) => Array.Find(fields, field => Names(vary, field));

    private static bool Names(StringValues vary, string field)
    {
        foreach (string? line in vary)
        {
            foreach (Range range in line.AsSpan().Split(','))
            {
                if (line.AsSpan(range).Trim(" \t").Equals(field, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    private static bool IsOfUse(in ReceivedAnswer answer, Lifetime lifetime) =>
        lifetime.FreshnessLeftAt(answer.ReceivedAt) > TimeSpan.Zero || lifetime.StaleIfError > TimeSpan.Zero || lifetime.StaleWhileRevalidate > TimeSpan.Zero
        || answer.Headers.ETag.Count > 0 || answer.Headers.LastModified.Count > 0;

    private static bool Contains(IReadOnlyList<string> names, string name)
    {
        foreach (string one in names)
        {
            if (one.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
