namespace Headgate.Gateway.Plans.Listing;

/// <summary>A part that differs between two plans. Immutable.</summary>
/// <param name="Kind">What the part is.</param>
/// <param name="Change">How it differs.</param>
/// <param name="Api">The document.</param>
/// <param name="Name">The part's name, as in <see cref="PlanPart"/>.</param>
/// <param name="Settings">What differs in it, by name; of a part that one plan alone has, all its settings.</param>
public sealed record PlanChange(PlanPartKind Kind, PlanChangeKind Change, string Api, string Name, IReadOnlyList<SettingChange> Settings);
