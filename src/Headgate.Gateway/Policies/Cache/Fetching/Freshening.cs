using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;

namespace Headgate.Gateway.Policies.Cache.Fetching;

/// <summary>What news of a stored answer do to it (RFC 9111 §3.2, §4.3.4): it has another head from then on, or it goes.</summary>
internal static class Freshening
{
    /// <summary>Gives a stored answer its new head; takes it out when the news are that it may not be stored, or is chosen by other fields than it was stored by.</summary>
    /// <param name="turn">The request that brought the news.</param>
    /// <param name="stored">The answer.</param>
    /// <param name="news">A 304, or an answer to HEAD.</param>
    /// <param name="sequence">When it was asked for, in the order of invalidations.</param>
    /// <returns>The new head.</returns>
    public static StoredHead Apply(CacheTurn turn, CacheEntry stored, in ReceivedAnswer news, long sequence)
    {
        StoredHead before = stored.Head;
        ReceivedAnswer merged = ReceivedAnswer.Of(before.Status, StoredHeads.Updated(before, news.Headers), news.RequestedAt, news.ReceivedAt);
        Lifetime lifetime = LifetimeCalculation.Of(merged, turn.Plan.Settings);
        StoredHead head = StoredHeads.Of(merged, lifetime, turn.Context, turn.Plan, sequence) with { Tags = before.Tags };
        // It was made for who asked then: news make it nobody else's, but they may take it from others.
        head = head with { IsForAll = before.IsForAll && head.IsForAll };
        if (Storability.Refusal(merged, lifetime, turn.Plan.Shares, turn.Credentials) is null && head.Vary.SameAs(before.Vary))
            turn.Store.Freshen(stored, head);
        else
            turn.Store.Remove(stored);
        return head;
    }
}
