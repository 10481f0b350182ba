using Headgate.Server.Documents;

namespace Headgate.Server.Reporting;

/// <summary>How a reload ended, as <c>status</c> and <c>reload</c> show it.</summary>
internal sealed record ReloadReply(DateTimeOffset At, string Trigger, double Milliseconds, bool Succeeded, int Generation, IReadOnlyList<DocumentReport> Documents)
{
    public static ReloadReply Of(ReloadReport report, Configuration configuration) => new(
        report.At,
        report.Trigger,
        Math.Round(report.Duration.TotalMilliseconds, 1),
        report.Succeeded,
        report.Generation,
        [.. configuration.Documents.Select(DocumentReport.Of)]);
}
