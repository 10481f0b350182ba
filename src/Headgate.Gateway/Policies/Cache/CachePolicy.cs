using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Policies.Cache.Fetching;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>
/// Answers from memory where it can (RFC 9111), and otherwise calls the operation's handler itself, apart from the client's connection, so that what comes can be stored and
/// shared while it comes. What is not for a cache goes on as if there were none.
/// </summary>
/// <param name="plan">What the operation says.</param>
internal sealed class CachePolicy(CachePlan plan) : GatewayPolicy
{
    public override string Name => "cache";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("cache", plan.Declared).Append(new PlanSetting("cache.fallback", plan.IsFallback ? "the last good answer" : "none"));

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        RequestDirectives said = RequestDirectives.Of(context.Request.Headers);
        if (CacheBypass.ReasonFor(context, said) is { } reason)
            return new ValueTask<PolicyVerdict>(Bypass(context, reason));
        RequestCredentials credentials = plan.Credentials.Of(context);
        var writer = new KeyWriter(stackalloc char[512]);
        try
        {
            CacheKeys.WriteShared(plan, context, ref writer);
            int sharedLength = writer.Written.Length;
            bool hasOwn = credentials == RequestCredentials.Verified && !plan.Shares;
            if (hasOwn)
                CacheKeys.WriteCaller(context, ref writer);
            return Answer(context, said, credentials, writer.Written[..sharedLength], hasOwn ? writer.Written : default);
        }
        finally
        {
            writer.Dispose();
        }
    }

    // The common course: nothing is allocated until it is known that the answer is not there.
    private ValueTask<PolicyVerdict> Answer(
        GatewayContext context, in RequestDirectives said, RequestCredentials credentials, ReadOnlySpan<char> shared, ReadOnlySpan<char> own)
    {
        CacheStore store = plan.Store;
        ulong sharedHash = store.HashOf(shared);
        ulong ownHash = own.IsEmpty ? 0 : store.HashOf(own);
        CacheEntry? entry = own.IsEmpty ? null : store.Find(ownHash, own, context, onlyForAll: false);
        entry ??= store.Find(sharedHash, shared, context, CacheTurn.OnlyForAll(plan, credentials));
        if (context.Explanation is { } explanation)
            return new ValueTask<PolicyVerdict>(CacheExplanation.Explain(context, explanation, entry, said));

        DateTimeOffset now = context.Clock.GetUtcNow();
        Reuse reuse = entry?.Head.Lifetime.ReuseFor(said, now) ?? Reuse.Validate;
        if (entry is not null && reuse is Reuse.Fresh or Reuse.Stale && CacheServing.TryGive(context, entry, now))
        {
            plan.Counters.Count(reuse == Reuse.Fresh ? CacheResult.Hit : CacheResult.Stale);
            return new ValueTask<PolicyVerdict>(PolicyVerdict.Answered);
        }

        entry?.Body.LetGo();
        string query = context.ForwardedQuery;
        ulong pathHash = store.PathHashOf(context.Request.Path, query);
        string path = context.Request.Path + query;
        var sharedTarget = new CacheTarget(shared.ToString(), sharedHash, pathHash, path, plan.Api, plan.Operation, IsForOneCaller: false);
        CacheTarget? ownTarget = own.IsEmpty ? null : sharedTarget with { Key = own.ToString(), Hash = ownHash, IsForOneCaller = true };
        return CacheServing.ServeAsync(new CacheTurn(plan, context, said, credentials, sharedTarget, ownTarget));
    }

    private PolicyVerdict Bypass(GatewayContext context, string reason)
    {
        if (context.Explanation is { } explanation)
        {
            explanation.Add(Name, "continue", $"the cache is left aside: {reason}");
            return PolicyVerdict.Continue;
        }

        plan.Counters.Count(CacheResult.Bypassed);
        context.Response.Headers[CacheStatus.Header] = CacheStatus.Bypass;
        return PolicyVerdict.Continue;
    }
}
