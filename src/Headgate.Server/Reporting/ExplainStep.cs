namespace Headgate.Server.Reporting;

/// <summary>One decision.</summary>
internal sealed record ExplainStep(string By, string Decision, string Reason);
