using Headgate.Server.Documents;

namespace Headgate.Server.Reporting;

/// <summary>A reload that is over.</summary>
/// <param name="At">When it was finished.</param>
/// <param name="Trigger">What started it.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Succeeded">Whether every document served as its files said.</param>
/// <param name="Generation">The plan in force afterwards.</param>
/// <param name="ErrorCount">How many errors the files had.</param>
/// <param name="Errors">The first of them.</param>
/// <param name="Changes">What it changed in the plan in force.</param>
internal sealed record PastReload(
    DateTimeOffset At,
    string Trigger,
    double Milliseconds,
    bool Succeeded,
    int Generation,
    int ErrorCount,
    IReadOnlyList<DiagnosticReport> Errors,
    ReloadChanges Changes)
{
    public static PastReload Of(ReloadReport report) => new(
        report.At,
        report.Trigger,
        Math.Round(report.Duration.TotalMilliseconds, 1),
        report.Succeeded,
        report.Generation,
        report.ErrorCount,
        [.. report.Errors.Select(DiagnosticReport.Of)],
        ReloadChanges.Of(report.Changes));
}
