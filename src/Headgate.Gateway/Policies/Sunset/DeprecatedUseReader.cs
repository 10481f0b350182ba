using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Sunset;

/// <summary>Tells which operations in force are deprecated and who still calls them, for the admin API. Thread-safe.</summary>
/// <param name="plans">The plan in force.</param>
public sealed class DeprecatedUseReader(PlanHolder plans)
{
    /// <summary>All deprecated operations, in the order of documents and operations, also those that nobody calls.</summary>
    /// <param name="mostCallers">The most callers of each that are named.</param>
    public IReadOnlyList<DeprecatedOperation> Read(int mostCallers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostCallers);
        return [.. plans.Current.Apis.SelectMany(api => api.DeprecatedUses).Select(use => use.Read(mostCallers))];
    }
}
