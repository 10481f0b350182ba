namespace Headgate.Gateway.Plans.Listing;

/// <summary>What differs between two plans in short: the names of operations, and of whatever else changed. Immutable.</summary>
/// <param name="Added">Operations that only the later plan has.</param>
/// <param name="Removed">Operations that it no longer has.</param>
/// <param name="Changed">Operations, services, schemes and documents that do something else.</param>
public sealed record PlanDifference(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Changed)
{
    /// <summary>The most operations of a plan that are looked into: of a larger one only those that come and go are told, since a reload must not take the processor from requests for long.</summary>
    public const int MostOperations = 2000;

    /// <summary>Nothing differs.</summary>
    public static PlanDifference None { get; } = new([], [], []);

    /// <summary>Compares two plans by fingerprints of their parts, keeping neither listing in memory.</summary>
    public static PlanDifference Of(GatewayPlan before, GatewayPlan after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (ReferenceEquals(before, after))
            return None;
        bool looksInside = Math.Max(OperationsOf(before), OperationsOf(after)) <= MostOperations;
        var known = new Dictionary<(PlanPartKind, string, string), int>();
        foreach ((PlanPartKind kind, string api, string name, IEnumerable<PlanSetting> settings) in PlanListing.Outline(before))
            known[(kind, api, name)] = looksInside || kind != PlanPartKind.Operation ? FingerprintOf(settings) : 0;
        var (added, removed, changed) = (new List<string>(), new List<string>(), new List<string>());
        foreach ((PlanPartKind kind, string api, string name, IEnumerable<PlanSetting> settings) in PlanListing.Outline(after))
        {
            if (!known.Remove((kind, api, name), out int then))
                (kind == PlanPartKind.Operation ? added : changed).Add(Text(kind, api, name));
            else if ((looksInside || kind != PlanPartKind.Operation) && then != FingerprintOf(settings))
                changed.Add(Text(kind, api, name));
        }

        foreach ((PlanPartKind kind, string api, string name) in known.Keys)
            (kind == PlanPartKind.Operation ? removed : changed).Add(Text(kind, api, name));
        return new PlanDifference(added, removed, changed);
    }

    private static int OperationsOf(GatewayPlan plan) => plan.Apis.Sum(api => api.Operations.Count);

    private static string Text(PlanPartKind kind, string api, string name) => kind switch
    {
        PlanPartKind.Operation => $"{name} of {api}",
        PlanPartKind.Document => $"document {api}",
        _ => $"{kind.ToString().ToLowerInvariant()} {name} of {api}",
    };

    private static int FingerprintOf(IEnumerable<PlanSetting> settings)
    {
        var hash = new HashCode();
        foreach (PlanSetting setting in settings)
        {
            hash.Add(setting.Name, StringComparer.Ordinal);
            hash.Add(setting.Value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
