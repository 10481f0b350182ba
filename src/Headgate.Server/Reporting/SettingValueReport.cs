namespace Headgate.Server.Reporting;

/// <summary>A value of a setting, and who says it.</summary>
/// <param name="Value">The value; where it holds a secret, <c>***</c> stands in its place.</param>
/// <param name="Source"><c>flag</c>, <c>environment</c>, <c>file</c> or <c>default</c>.</param>
/// <param name="Origin">The place: <c>--listen</c>, <c>HEADGATE__LISTEN</c>, <c>headgate.json: listen</c>.</param>
internal sealed record SettingValueReport(string Value, string Source, string Origin);
