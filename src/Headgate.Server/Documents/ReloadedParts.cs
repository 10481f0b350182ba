using Headgate.Gateway.Plans.Listing;

namespace Headgate.Server.Documents;

/// <summary>What a reload changed in the plan in force: how many parts, and the first of them by name. Immutable.</summary>
internal sealed record ReloadedParts
{
    /// <summary>The most names of each kind that are kept.</summary>
    public const int MostNames = 50;

    /// <summary>Nothing changed.</summary>
    public static ReloadedParts None { get; } = new(PlanDifference.None);

    public ReloadedParts(PlanDifference difference)
    {
        (AddedCount, RemovedCount, ChangedCount) = (difference.Added.Count, difference.Removed.Count, difference.Changed.Count);
        Added = [.. difference.Added.Take(MostNames)];
        Removed = [.. difference.Removed.Take(MostNames)];
        Changed = [.. difference.Changed.Take(MostNames)];
    }

    public int AddedCount { get; }

    public int RemovedCount { get; }

    public int ChangedCount { get; }

    public IReadOnlyList<string> Added { get; }

    public IReadOnlyList<string> Removed { get; }

    public IReadOnlyList<string> Changed { get; }
}
