namespace Headgate.Server.Reporting;

/// <summary>An error of the admin API: problem details (RFC 9457).</summary>
internal sealed record ProblemReport(string Type, string Title, int Status, string Detail, string Code);
