namespace Headgate.Server.Reporting;

/// <summary>What <c>headgate run --format json</c> prints, on one line, as soon as it serves.</summary>
internal sealed record RunReport(string Version, int ProcessId, IReadOnlyList<string> Listen, string Admin, string? Probes, IReadOnlyList<DocumentReport> Documents);
