namespace Headgate.Server.Reporting;

/// <summary>The body of a probe's answer.</summary>
internal sealed record ProbeReport(string Status);
