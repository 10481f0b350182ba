using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate status</c>: how a running instance stands.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<string> data = CommonOptions.Data();
        Option<string?> admin = CommonOptions.Admin();
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("status", "Show how the running instance stands: what it serves, the last reload, and every error and warning of its documents.")
        {
            data, admin, format,
        };
        CommandExamples.Set(command, """
              headgate status
              headgate status --data /var/lib/headgate --format json

            Exit codes: 0 every document serves its latest version, 1 one does not, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(result.GetValue(data)!, result.GetValue(admin), result.GetValue(format), console, cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(string data, string? admin, OutputFormat format, CommandConsole console, CancellationToken cancellationToken)
    {
        StatusReport? status = await AdminClient.AskAsync(data, admin, HttpMethod.Get, "/admin/v1/status", null, ReportJson.Readable.StatusReport, console, cancellationToken);
        if (status is null)
            return ExitCodes.Usage;
        if (format == OutputFormat.Json)
            console.WriteJson(status, ReportJson.Readable.StatusReport);
        else
            Write(status, console);
        return status.Documents.All(document => document.State == "serving") ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void Write(StatusReport status, CommandConsole console)
    {
        TextWriter output = console.Output;
        output.WriteLine($"headgate {status.Version} (process {status.ProcessId}) is {status.State} since {status.StartedAt:u}");
        output.WriteLine($"  listens  {string.Join("  ", status.Listen)}");
        output.WriteLine($"  plan     {status.Generation} ({status.ReloadsSucceeded} reloads without errors, {status.ReloadsFailed} with)");
        if (status.LastReload is { } last)
            output.WriteLine($"  reload   {last.At:u} by {last.Trigger}, {last.Milliseconds} ms, {(last.Succeeded ? "without errors" : console.Red("with errors"))}");
        output.WriteLine($"  store    {(status.Store.Healthy ? $"{status.Store.Place} is healthy" : console.Red(status.Store.Problem!))}");
        DocumentText.Write(status.Documents, console);
    }
}
