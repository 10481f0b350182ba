namespace Headgate.Server.Reporting;

/// <summary>A setting that a reload would change.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Before">What holds now; null where there is no such setting.</param>
/// <param name="After">What would hold; null where there would be no such setting.</param>
internal sealed record SettingChangeReport(string Name, string? Before, string? After);
