using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate reload</c>: makes a running instance read its documents anew.</summary>
internal static class ReloadCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<string> data = CommonOptions.Data();
        Option<string?> admin = CommonOptions.Admin();
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("reload", "Make the running instance read its documents anew. A document with errors keeps its last good version running.")
        {
            data, admin, format,
        };
        CommandExamples.Set(command, """
              headgate reload
              headgate reload --data /var/lib/headgate

            Exit codes: 0 every document serves its latest version, 1 one has errors (which are shown), 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ReloadAsync(result.GetValue(data)!, result.GetValue(admin), result.GetValue(format), console, cancellationToken));
        return command;
    }

    private static async Task<int> ReloadAsync(string data, string? admin, OutputFormat format, CommandConsole console, CancellationToken cancellationToken)
    {
        ReloadReply? reply = await AdminClient.AskAsync(data, admin, HttpMethod.Post, "/admin/v1/reload", null, ReportJson.Readable.ReloadReply, console, cancellationToken);
        if (reply is null)
            return ExitCodes.Usage;
        if (format == OutputFormat.Json)
        {
            console.WriteJson(reply, ReportJson.Readable.ReloadReply);
        }
        else
        {
            console.Output.WriteLine($"Reloaded in {reply.Milliseconds} ms {(reply.Succeeded ? "without errors" : console.Red("with errors"))}; plan {reply.Generation} is in force");
            DocumentText.Write(reply.Documents, console);
        }

        return reply.Succeeded ? ExitCodes.Success : ExitCodes.Failure;
    }
}
