using System.CommandLine;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Server.Documents;
using Headgate.Server.Explaining;
using Headgate.Server.Reporting;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary><c>headgate explain</c>: what would happen to a request, decision by decision.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandConsole console)
    {
        var method = new Argument<string>("METHOD") { Description = "The request's method." };
        var url = new Argument<string>("URL") { Description = "An absolute URL, or a path with its query." };
        var headers = new Option<string[]>("--header", "-H") { Description = "A header field of the request.", HelpName = "NAME: VALUE" };
        var body = new Option<string?>("--body") { Description = "The request's body.", HelpName = "BODY" };
        var files = new Option<string[]>("--file") { Description = "Explain with these documents instead of the running instance's.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        Option<string?> admin = CommonOptions.Admin();
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("explain", "Explain what would happen to a request: the matched operation, and what every policy decides and why. No service is called.")
        {
            method, url, headers, body, admin, format,
        };
        SettingArguments settings = SettingArguments.AddTo(command, [SettingsCatalogue.Overlay, SettingsCatalogue.Service, SettingsCatalogue.Upstream, SettingsCatalogue.Security, SettingsCatalogue.Data, SettingsCatalogue.TrustedProxy], files);
        CommandExamples.Set(command, """
              headgate explain GET /orders/42
              headgate explain POST 'http://localhost:8080/orders' -H 'Content-Length: 2000000' --file orders.yaml
              headgate explain POST /orders -H 'Content-Type: application/json' --body '{"items":[]}'

            Without --file it asks the running instance. Exit codes: 0 explained, 1 the documents have errors, 2 wrong arguments or no instance.
            """);
        command.SetAction(async (result, cancellationToken) =>
        {
            var request = new ExplainRequest(result.GetValue(method)!, result.GetValue(url)!, result.GetValue(headers), result.GetValue(body));
            (ExplainReport? report, int exitCode) = result.GetValue(files) is { Length: > 0 }
                ? await FromFilesAsync(request, settings.Read(result, console), console)
                : await FromInstanceAsync(request, new AdminTarget(DataOf(result), result.GetValue(admin), console), cancellationToken);
            if (report is not null)
                Write(report, result.GetValue(format), console);
            return exitCode;
        });
        return command;
    }

    private static string DataOf(ParseResult result) =>
        result.GetValue<string[]>(SettingsCatalogue.Data.Flag) is [.., var data]
            ? data
            : CommonOptions.DataDirectory();

    private static async Task<(ExplainReport? Report, int ExitCode)> FromFilesAsync(ExplainRequest request, ServerOptions? options, CommandConsole console)
    {
        if (options is null)
            return (null, ExitCodes.Usage);
        using IssuerKeysDirectory issuers = LoadedDocuments.CreateIssuers(TimeProvider.System);
        Configuration configuration = LoadedDocuments.Load(options, issuers, TimeProvider.System);
        if (!configuration.IsCurrent)
        {
            new DiagnosticText(console).Write(configuration.Documents.SelectMany(document => document.Latest.Diagnostics.Items).Select(DiagnosticReport.Of));
            return (null, ExitCodes.Failure);
        }

        (ExplainReport? report, string reason) = await new Explainer(new PlanHolder(configuration.Plan), TimeProvider.System).ExplainAsync(request);
        return (report, report is null ? console.Refuse(reason) : ExitCodes.Success);
    }

    private static async Task<(ExplainReport? Report, int ExitCode)> FromInstanceAsync(ExplainRequest request, AdminTarget target, CancellationToken cancellationToken)
    {
        using HttpContent body = AdminClient.Body(request, ReportJson.Readable.ExplainRequest);
        AdminReply<ExplainReport> reply = await AdminClient.AskAsync(target, HttpMethod.Post, "/admin/v1/explain", body, ReportJson.Readable.ExplainReport, cancellationToken);
        return (reply.Value, reply.ExitCode);
    }

    private static void Write(ExplainReport report, OutputFormat format, CommandConsole console)
    {
        if (format == OutputFormat.Json)
        {
            console.WriteJson(report, ReportJson.Readable.ExplainReport);
            return;
        }

        console.Output.WriteLine(console.Bold($"{report.Method} {report.Url}"));
        TextTable.Write(console.Output, [.. report.Steps.Select(step => new[] { "  " + step.By, step.Decision, step.Reason })]);
        console.Output.WriteLine(report.Status is { } status
            ? $"Headgate answers {status}{(report.Code is null ? "" : " " + report.Code)}."
            : $"The request goes to the handler of {report.Operation}; the answer is the service's.");
    }
}
