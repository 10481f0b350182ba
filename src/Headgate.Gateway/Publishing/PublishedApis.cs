using System.Runtime.CompilerServices;
using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Publishing;

/// <summary>The documents that a plan publishes. Immutable, thread-safe; made on first use and let go of with the plan.</summary>
internal sealed class PublishedApis
{
    private static readonly ConditionalWeakTable<GatewayPlan, PublishedApis> s_ofPlans = [];

    private readonly PublishedApi[] _all;

    private PublishedApis(GatewayPlan plan) => _all = [.. plan.Apis.Select(PublishedApi.Of).OfType<PublishedApi>()];

    /// <summary>The documents, in the order in which they were given.</summary>
    public IReadOnlyList<PublishedApi> All => _all;

    /// <summary>Those of a plan.</summary>
    public static PublishedApis Of(GatewayPlan plan) => s_ofPlans.GetValue(plan, static plan => new PublishedApis(plan));

    /// <summary>The document of that name; null for none.</summary>
    public PublishedApi? Find(string? name) => Array.Find(_all, api => api.Name == name);
}
