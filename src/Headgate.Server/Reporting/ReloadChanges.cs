using Headgate.Server.Documents;

namespace Headgate.Server.Reporting;

/// <summary>What a reload changed in the plan in force.</summary>
/// <param name="AddedCount">Operations that came.</param>
/// <param name="RemovedCount">Operations that went.</param>
/// <param name="ChangedCount">Operations, services, schemes and documents that do something else.</param>
/// <param name="Added">The first of them, by name; likewise the others.</param>
/// <param name="Removed">The first that went.</param>
/// <param name="Changed">The first that do something else.</param>
internal sealed record ReloadChanges(
    int AddedCount,
    int RemovedCount,
    int ChangedCount,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed,
    IReadOnlyList<string> Changed)
{
    public static ReloadChanges Of(ReloadedParts parts) => new(parts.AddedCount, parts.RemovedCount, parts.ChangedCount, parts.Added, parts.Removed, parts.Changed);
}
