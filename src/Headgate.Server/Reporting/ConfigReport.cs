namespace Headgate.Server.Reporting;

/// <summary>The configuration in force of a running instance, as <c>headgate config</c> shows it. Without secrets.</summary>
/// <param name="Settings">The settings of the instance, all of them.</param>
/// <param name="Apis">What holds for each document that serves.</param>
internal sealed record ConfigReport(IReadOnlyList<SettingReport> Settings, IReadOnlyList<ApiConfigReport> Apis);
