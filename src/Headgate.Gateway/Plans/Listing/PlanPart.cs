namespace Headgate.Gateway.Plans.Listing;

/// <summary>One part of a plan and what it was compiled to do. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Api">The document.</param>
/// <param name="Name">What tells it from others of its kind in the document: of an operation method and path, else its name.</param>
/// <param name="Settings">What holds for it, by name.</param>
public sealed record PlanPart(PlanPartKind Kind, string Api, string Name, IReadOnlyDictionary<string, string> Settings)
{
    internal static PlanPart Of(PlanPartKind kind, string api, string name, IEnumerable<PlanSetting> settings)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (PlanSetting setting in settings)
            all[setting.Name] = setting.Value;
        return new PlanPart(kind, api, name, all);
    }
}
