using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate reload</c>: makes a running instance read its documents anew.</summary>
internal static class ReloadCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("reload", "Make the running instance read its documents anew. A document with errors keeps its last good version running.");
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate reload
              headgate reload --data /var/lib/headgate

            Exit codes: 0 every document serves its latest version, 1 one has errors (which are shown), 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ReloadAsync(instance.Target(result, console), instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static async Task<int> ReloadAsync(AdminTarget target, bool json, CancellationToken cancellationToken)
    {
        AdminReply<ReloadReply> answer = await AdminClient.AskAsync(target, HttpMethod.Post, "/admin/v1/reload", null, ReportJson.Readable.ReloadReply, cancellationToken);
        return answer.Print(target.Console, json, ReportJson.Readable.ReloadReply, reply => Write(reply, target.Console), isGood: reply => reply.Succeeded);
    }

    private static void Write(ReloadReply reply, CommandConsole console)
    {
        console.Output.WriteLine($"Reloaded in {reply.Milliseconds} ms {(reply.Succeeded ? "without errors" : console.Red("with errors"))}; plan {reply.Generation} is in force");
        DocumentText.Write(reply.Documents, console);
    }
}
