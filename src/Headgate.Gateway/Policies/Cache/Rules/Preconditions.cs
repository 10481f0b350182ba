using Headgate.Gateway.Representations;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>The conditions of a request that a cache answers itself (RFC 9111 §4.3.2, RFC 9110 §13.2). Pure.</summary>
internal static class Preconditions
{
    /// <summary>Whether the client has the stored answer already: it is told 304.</summary>
    public static bool IsNotModified(IHeaderDictionary request, StoredValidators stored, DateTimeOffset now)
    {
        // RFC 9110 §13.1.3: If-Modified-Since does not count beside If-None-Match.
        if (request.IfNoneMatch.Count > 0)
            return EntityTags.AnyMatches(request.IfNoneMatch, stored.ETag);
        if (request.IfModifiedSince.Count != 1 || HttpDates.Parse(request.IfModifiedSince, now) is not { } since)
            return false;

        // RFC 9111 §4.3.2: without Last-Modified the date of the answer counts.
        return stored.ChangedAt is { } changed && changed <= since;
    }

    /// <summary>Whether a range may be given (RFC 9110 §13.1.5): without <c>If-Range</c>, or when its validator is strong and that of the stored answer.</summary>
    public static bool AllowRange(IHeaderDictionary request, StoredValidators stored)
    {
        if (request.IfRange.Count == 0)
            return true;
        string condition = request.IfRange.ToString();
        if (condition.StartsWith('"') || condition.StartsWith("W/", StringComparison.Ordinal))
            return EntityTags.StronglyEqual(condition, stored.ETag);

        // RFC 9110 §8.8.2.2: a date is strong when the answer was made long enough after it.
        return stored.LastModifiedIsStrong && string.Equals(condition, stored.LastModified, StringComparison.Ordinal);
    }

    /// <summary>Whether there is a condition that only the origin can decide upon (RFC 9110 §13.1.1, §13.1.4).</summary>
    public static bool NeedOrigin(IHeaderDictionary request) => request.IfMatch.Count > 0 || request.IfUnmodifiedSince.Count > 0;
}
