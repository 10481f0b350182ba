using System.CommandLine;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Server.Documents;
using Headgate.Server.Reporting;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary><c>headgate validate</c>: everything that is wrong with documents, at once.</summary>
internal static class ValidateCommand
{
    // Where services run is a matter of the instance: a document that leaves it open is no worse for that.
    private static readonly string[] s_instanceMatters = [PlanDiagnostics.NoBackend.Code, PlanDiagnostics.ServiceWithoutAddress.Code];

    public static Command Create(CommandConsole console)
    {
        var command = new Command("validate", "Check OpenAPI documents and show everything that is wrong with them, with place, reason and fix.");
        SettingArguments settings = SettingArguments.AddTo(command, [SettingsCatalogue.Overlay, SettingsCatalogue.Service, SettingsCatalogue.Upstream, SettingsCatalogue.Security, SettingsCatalogue.Issuer]);
        Option<OutputFormat> format = CommonOptions.Format();
        command.Options.Add(format);
        CommandExamples.Set(command, """
              headgate validate api.yaml
              headgate validate vendor.json --overlay gateway.overlay.yaml --format json

            Exit codes: 0 no errors, 1 errors, 2 wrong arguments. What only settings can say (where services run) is a warning here.
            """);
        command.SetAction(result => settings.Read(result, console) is { } options ? Validate(options, result.GetValue(format), console) : ExitCodes.Usage);
        return command;
    }

    private static int Validate(ServerOptions options, OutputFormat format, CommandConsole console)
    {
        using IssuerKeysDirectory issuers = LoadedDocuments.CreateIssuers(TimeProvider.System);
        ValidatedDocument[] documents = [.. LoadedDocuments.Load(options, issuers, TimeProvider.System).Documents.Select(Report)];
        var report = new ValidationReport(Count(documents, "error"), Count(documents, "warning"), documents);
        if (format == OutputFormat.Json)
            console.WriteJson(report, ReportJson.Readable.ValidationReport);
        else
            Write(report, console);
        return report.Errors > 0 ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static ValidatedDocument Report(ServedDocument document) => new(
        document.Path,
        document.Latest.Document?.Operations.Count ?? 0,
        document.Latest.Diagnostics.Dropped,
        Findings(document));

    private static DiagnosticReport[] Findings(ServedDocument document)
    {
        DiagnosticReport[] all = [.. document.Latest.Diagnostics.Items.Select(DiagnosticReport.Of)];
        DiagnosticReport[] perInstance = [.. all.Where(finding => s_instanceMatters.Contains(finding.Code))];

        // A plain document would say it for every operation.
        IEnumerable<DiagnosticReport> once = perInstance.GroupBy(finding => finding.Code).Select(same =>
            same.First() with { Severity = "warning", Message = same.First().Message + (same.Count() > 1 ? $" {same.Count() - 1} more like it." : "") });
        return [.. all.Except(perInstance), .. once];
    }

    private static int Count(ValidatedDocument[] documents, string severity) =>
        documents.SelectMany(document => document.Findings).Distinct().Count(finding => finding.Severity == severity);

    private static void Write(ValidationReport report, CommandConsole console)
    {
        new DiagnosticText(console).Write(report.Documents.SelectMany(document => document.Findings));
        foreach (ValidatedDocument document in report.Documents.Where(document => document.Dropped > 0))
            console.Output.WriteLine($"{document.Path}: {document.Dropped} further findings are not shown.");
        int operations = report.Documents.Sum(document => document.Operations);
        string extent = operations == 0 ? "" : $", {Counted.Of(operations, "operation")}";
        string summary = $"{Counted.Of(report.Documents.Count, "document")}{extent}: {Counted.Of(report.Errors, "error")}, {Counted.Of(report.Warnings, "warning")}";
        console.Output.WriteLine(report.Errors > 0 ? console.Red(summary) : console.Green(summary));
    }
}
