using Headgate.Gateway.Plans;
using Headgate.Gateway.Plans.Listing;
using Headgate.Server.Settings;

namespace Headgate.Server.Reporting;

/// <summary>What the plan in force of a running instance was compiled to do, and of what.</summary>
/// <param name="Generation">The number of the plan.</param>
/// <param name="Documents">The full paths of the instance's documents.</param>
/// <param name="Settings">The settings of the instance on which it depends, as they are given; a password in them is hidden.</param>
/// <param name="Parts">What it does, part by part.</param>
internal sealed record PlanReport(int Generation, IReadOnlyList<string> Documents, IReadOnlyList<PlanSettingReport> Settings, IReadOnlyList<PlanPartReport> Parts)
{
    /// <summary>The settings on which a plan depends.</summary>
    public static IReadOnlyList<SettingDefinition> Inputs { get; } =
    [
        SettingsCatalogue.Overlay, SettingsCatalogue.Service, SettingsCatalogue.Upstream, SettingsCatalogue.Security, SettingsCatalogue.Issuer, SettingsCatalogue.ValidateResponses, SettingsCatalogue.TrustedProxy, SettingsCatalogue.CacheMemory,
    ];

    public static PlanReport Of(ServerOptions options, GatewayPlan plan) => new(
        plan.Generation,
        [.. options.Documents.Select(Path.GetFullPath)],
        [.. Inputs.SelectMany(setting => TextsOf(setting, options).Select(text => new PlanSettingReport(setting.Key, text)))],
        [.. PlanListing.Of(plan).Select(PlanPartReport.Of)]);

    private static IEnumerable<string> TextsOf(SettingDefinition setting, ServerOptions options) => setting == SettingsCatalogue.Overlay
        ? options.Overlays.Select(Path.GetFullPath)
        : options.Given.OrDefault(setting).Select(value => UrlPassword.Hide(value.Text));
}
