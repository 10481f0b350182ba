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

        ReceivedAnswer merged = ReceivedAnswer.Of(news.Status, StoredHeads.Updated(stored.Head, news.Headers), news.RequestedAt, news.ReceivedAt);
        Lifetime lifetime = LifetimeCalculation.Of(merged, turn.Plan.Settings);
        if (Storability.Refusal(merged, lifetime, turn.Plan.Shares, turn.Credentials) is null)
            turn.Store.Freshen(stored, StoredHeads.Of(merged, lifetime, turn.Context, turn.Plan, sequence) with { Tags = stored.Head.Tags, IsForAll = stored.Head.IsForAll });
    }

    private static bool IsSame(CacheEntry stored, in ReceivedAnswer news)
    {
        StoredValidators known = stored.Head.Validators;
        return IsSameOrUnsaid(news.Headers.ETag, known.ETag) && IsSameOrUnsaid(news.Headers.LastModified, known.LastModified)
            && (news.Headers.ContentLength is not { } length || length == stored.Body.TotalLength);
    }

    private static bool IsSameOrUnsaid(string? said, string? known) => said is null || string.Equals(said, known, StringComparison.Ordinal);
}
