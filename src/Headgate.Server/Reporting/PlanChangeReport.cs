using Headgate.Gateway.Plans.Listing;

namespace Headgate.Server.Reporting;

/// <summary>A part that a reload would change.</summary>
/// <param name="Kind"><c>document</c>, <c>scheme</c>, <c>service</c> or <c>operation</c>.</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Api">The document.</param>
/// <param name="Name">Method and path of an operation, else the part's name.</param>
/// <param name="Settings">What would change in it; all that holds for it where it is added or removed.</param>
internal sealed record PlanChangeReport(string Kind, string Change, string Api, string Name, IReadOnlyList<SettingChangeReport> Settings)
{
    public static PlanChangeReport Of(PlanChange change) => new(
        change.Kind.ToString().ToLowerInvariant(),
        change.Change.ToString().ToLowerInvariant(),
        change.Api,
        change.Name,
        [.. change.Settings.Select(setting => new SettingChangeReport(setting.Name, setting.Before, setting.After))]);
}
