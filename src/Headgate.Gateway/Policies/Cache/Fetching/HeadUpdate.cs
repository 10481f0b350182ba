using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache.Fetching;

/// <summary>What the answer to a HEAD request does to a stored answer to GET (RFC 9111 §4.3.5).</summary>
internal static class HeadUpdate
{
    /// <summary>Freshens the stored answer when the new one is of the same representation, and else takes it out.</summary>
    public static void Apply(CacheTurn turn, CacheEntry stored, in ReceivedAnswer news, long sequence)
    {
        if (news.Status != StatusCodes.Status200OK || stored.Head.Status != StatusCodes.Status200OK)
            return;
        if (!IsSame(stored, news))
        {
            turn.Store.Remove(stored);
            return;
        }

        Freshening.Apply(turn, stored, news, sequence);
    }

    private static bool IsSame(CacheEntry stored, in ReceivedAnswer news)
    {
        StoredValidators known = stored.Head.Validators;
        return IsSameOrUnsaid(news.Headers.ETag, known.ETag) && IsSameOrUnsaid(news.Headers.LastModified, known.LastModified)
            && (news.Headers.ContentLength is not { } length || length == stored.Body.TotalLength);
    }

    private static bool IsSameOrUnsaid(string? said, string? known) => said is null || string.Equals(said, known, StringComparison.Ordinal);
}
