namespace Headgate.Server.Reporting;

/// <summary>An API key that was just made or rotated: the only time that it is told whole.</summary>
/// <param name="Value">The key itself. A secret.</param>
/// <param name="Key">What is known of it.</param>
internal sealed record IssuedKeyReport(string Value, KeyReport Key);
