namespace Headgate.Server.Reporting;

/// <summary>A setting in force.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Values">Its values; none for a setting that nobody gives and that has no default.</param>
internal sealed record SettingReport(string Key, IReadOnlyList<SettingValueReport> Values);
