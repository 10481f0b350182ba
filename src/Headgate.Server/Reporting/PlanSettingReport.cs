namespace Headgate.Server.Reporting;

/// <summary>A setting of the instance as it is given.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Value">One of its values.</param>
internal sealed record PlanSettingReport(string Key, string Value);
