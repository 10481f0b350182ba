using Headgate.Server.Reporting;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary><c>headgate routes --diff</c>: what a reload of documents would change in the running instance, before it happens.</summary>
internal static class RoutesDiff
{
    private const string Added = "added";
    private const string Removed = "removed";

    // Of what comes or goes as a whole, what a reader wants to know first; --format json has the rest.
    private static readonly string[] s_telling = ["operation", "security", "permission", "backend", "backend.service", "backend.path", "instances", "type", "title", "mounted"];

    public static async Task<int> ShowAsync(AdminTarget target, IReadOnlyList<(string Key, SettingText Value)> given, bool json, CancellationToken cancellationToken)
    {
        if (given.FirstOrDefault(one => one.Key != SettingsCatalogue.Documents.Key && one.Key != SettingsCatalogue.Overlay.Key) is { Key: not null } other)
            return target.Console.Refuse($"--diff takes the settings of the instance, which a reload does not change: leave out {other.Value.Origin}.");
        AdminReply<PlanReport> reply = await AdminClient.AskAsync(target, HttpMethod.Get, "/admin/v1/plan", null, ReportJson.Readable.PlanReport, cancellationToken);
        if (reply.Value is not { } running)
            return reply.ExitCode;
        var problems = new List<string>();
        if (PlanDiff.Of(running, TextsOf(SettingsCatalogue.Documents), TextsOf(SettingsCatalogue.Overlay), problems) is not { } report)
        {
            problems.ForEach(problem => target.Console.Refuse(problem));
            return ExitCodes.Usage;
        }

        if (json)
            target.Console.WriteJson(report, ReportJson.Readable.PlanDiffReport);
        else
            Write(report, target.Console);
        return report.Errors > 0 ? ExitCodes.Failure : ExitCodes.Success;

        string[] TextsOf(SettingDefinition setting) => [.. given.Where(one => one.Key == setting.Key).Select(one => one.Value.Text)];
    }

    private static void Write(PlanDiffReport report, CommandConsole console)
    {
        if (report.Findings.Any(finding => finding.Severity == "error"))
            new DiagnosticText(console).Write(report.Findings.Where(finding => finding.Severity == "error"));
        foreach (PlanChangeReport change in report.Changes)
            Write(change, console);
        console.Output.WriteLine(Summary(report));
    }

    private static void Write(PlanChangeReport change, CommandConsole console)
    {
        string what = change.Kind switch
        {
            "operation" => $"{change.Name} of {change.Api}",
            "document" => $"document {change.Api}",
            _ => $"{change.Kind} {change.Name} of {change.Api}",
        };
        console.Output.WriteLine(change.Change switch
        {
            Added => console.Green($"+ {what}"),
            Removed => console.Red($"- {what}"),
            _ => console.Yellow($"~ {what}"),
        });
        bool isWhole = change.Change is Added or Removed;
        SettingChangeReport[] shown = [.. change.Settings.Where(setting => !isWhole || s_telling.Contains(setting.Name))];
        int width = shown.Select(setting => setting.Name.Length).DefaultIfEmpty().Max();
        foreach (SettingChangeReport setting in shown)
            console.Output.WriteLine($"    {setting.Name.PadRight(width)}  {(isWhole ? setting.After ?? setting.Before : $"{setting.Before ?? "nothing"} -> {setting.After ?? "nothing"}")}");
    }

    private static string Summary(PlanDiffReport report)
    {
        string taken = report.Errors == 0 ? "" : $"{Counted.Of(report.Errors, "error")}: a document with errors is not taken, its version in force stays. ";
        if (report.Changes.Count == 0)
            return $"{taken}Nothing would change in plan {report.Generation}.";
        IEnumerable<string> counts = report.Changes.GroupBy(change => change.Change).Select(group => $"{group.Count()} {group.Key}").Order(StringComparer.Ordinal);
        return $"{taken}{Counted.Of(report.Changes.Count, "difference")} from plan {report.Generation}: {string.Join(", ", counts)}. Nothing has been changed.";
    }
}
