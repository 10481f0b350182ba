namespace Headgate.Server.Reporting;

/// <summary>What a reload of some documents would change in the running gateway.</summary>
/// <param name="Generation">The plan in force, with which they were compared.</param>
/// <param name="Errors">How many errors the documents have. A document with one would not be taken: its last good version stays.</param>
/// <param name="Changes">What would change.</param>
/// <param name="Findings">What is wrong with the documents.</param>
internal sealed record PlanDiffReport(int Generation, int Errors, IReadOnlyList<PlanChangeReport> Changes, IReadOnlyList<DiagnosticReport> Findings);
