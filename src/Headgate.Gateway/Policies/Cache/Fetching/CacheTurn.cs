using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache.Fetching;

/// <summary>One request that a stored answer does not serve at once. Used by one thread at a time.</summary>
/// <param name="Plan">What its operation says.</param>
/// <param name="Context">The request.</param>
/// <param name="Said">What it says itself.</param>
/// <param name="Credentials">What it shows of its caller.</param>
/// <param name="Shared">The key of what all share.</param>
/// <param name="Own">The key of its caller; null where there is none.</param>
internal sealed record CacheTurn(
    CachePlan Plan, GatewayContext Context, RequestDirectives Said, RequestCredentials Credentials, CacheTarget Shared, CacheTarget? Own)
{
    public CacheStore Store => Plan.Store;

    public DateTimeOffset Now => Context.Clock.GetUtcNow();

    public bool IsHead => Context.Request.Method == HttpMethods.Head;

    /// <summary>
    /// Whether it may wait for the answer to another request: nobody in particular asks, or all callers share. What is one caller's own is never waited for.
    /// </summary>
    public bool IsCollapsible =>
        !IsHead && !Said.NoCache && (Credentials == RequestCredentials.None || (Plan.Shares && Credentials == RequestCredentials.Verified)) && !Store.Uncacheable.Has(Shared.Hash, Now);

    /// <summary>The stored answer; its body is held.</summary>
    public CacheEntry? Find()
    {
        CacheEntry? own = Own is null ? null : Store.Find(Own.Hash, Own.Key, Context, onlyForAll: false);
        return own ?? Store.Find(Shared.Hash, Shared.Key, Context, OnlyForAll(Plan, Credentials));
    }

    /// <summary>Under which key an answer is stored.</summary>
    public CacheTarget TargetOf(ResponseDirectives said) => Own is null || said.IsExplicitlyShared ? Shared : Own;

    /// <summary>Whether of the shared answers only those may be given that are for whoever asks (RFC 9111 §3.5).</summary>
    public static bool OnlyForAll(CachePlan plan, RequestCredentials credentials) =>
        credentials == RequestCredentials.Unverified || (credentials == RequestCredentials.Verified && !plan.Shares);
}
