namespace Headgate.Gateway.Plans.Listing;

/// <summary>Compares what two plans do. Stateless.</summary>
public static class PlanComparison
{
    private static readonly Dictionary<string, string> s_nothing = [];

    /// <summary>What differs, in the order of the later plan; what is gone comes last.</summary>
    /// <param name="before">The parts of the one plan.</param>
    /// <param name="after">The parts of the other.</param>
    public static IReadOnlyList<PlanChange> Of(IEnumerable<PlanPart> before, IEnumerable<PlanPart> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var known = new Dictionary<(PlanPartKind, string, string), PlanPart>();
        foreach (PlanPart part in before)
            known[(part.Kind, part.Api, part.Name)] = part;
        var changes = new List<PlanChange>();
        foreach (PlanPart part in after)
        {
            IReadOnlyDictionary<string, string> then = known.Remove((part.Kind, part.Api, part.Name), out PlanPart? earlier) ? earlier.Settings : s_nothing;
            SettingChange[] settings = [.. Differences(then, part.Settings)];
            if (earlier is null || settings.Length > 0)
                changes.Add(new PlanChange(part.Kind, earlier is null ? PlanChangeKind.Added : PlanChangeKind.Changed, part.Api, part.Name, settings));
        }

        changes.AddRange(known.Values.Select(part => new PlanChange(part.Kind, PlanChangeKind.Removed, part.Api, part.Name, [.. Differences(part.Settings, s_nothing)])));
        return changes;
    }

    private static IEnumerable<SettingChange> Differences(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(name => new SettingChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(change => change.Before != change.After);
}
