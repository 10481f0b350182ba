using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate operations cancel</c>, <c>retry</c> and <c>resolve</c>.</summary>
internal static class OperationsChangeCommand
{
    public static Command CreateCancel(CommandConsole console) => Create(
        console, "cancel", "Ask for the end of operations. What was done is undone where that is possible.",
        """
          headgate operations cancel op_019235a6f8d57c3e9d0b4a1c2e3f4a5b

        Exit codes: 0 asked for, 1 there is no such operation or it has ended, 2 no instance is reached.
        """,
        report => $"{report.Id} is {report.State}: {report.Name} of {report.Api}");

    public static Command CreateRetry(CommandConsole console) => Create(
        console, "retry", "Have operations that need attention run again from where they were, within 5 seconds.",
        """
          headgate operations retry op_019235a6f8d57c3e9d0b4a1c2e3f4a5b

        Exit codes: 0 they will be run, 1 there is no such operation or it needs no attention, 2 no instance is reached.
        """,
        report => $"{report.Id} is run again: {report.Name} of {report.Api}");

    public static Command CreateResolve(CommandConsole console)
    {
        var note = new Option<string>("--note") { Description = "What was done instead.", HelpName = "TEXT", Required = true };
        return Create(
            console, "resolve", "Note that what operations that need attention left undone was done by other means. They stay failed, and need none any more.",
            """
              headgate operations resolve op_019235a6f8d57c3e9d0b4a1c2e3f4a5b --note "refunded by hand"

            Exit codes: 0 noted, 1 there is no such operation or it needs no attention, 2 no instance is reached.
            """,
            report => $"{report.Id} is settled: {report.Resolution}", note);
    }

    private static Command Create(CommandConsole console, string name, string description, string examples, Func<OperationReport, string> tell, Option<string>? note = null)
    {
        var ids = new Argument<string[]>("ID") { Description = "The operations' ids.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(name, description) { ids };
        if (note is not null)
            command.Add(note);
        InstanceOptions instance = InstanceOptions.AddTo(command, hasFormat: true);
        CommandExamples.Set(command, examples);
        command.SetAction((result, cancellationToken) => ChangeAsync(
            instance.Target(result, console), instance.WantsJson(result), result.GetValue(ids)!, name, note is null ? null : result.GetValue(note), tell, cancellationToken));
        return command;
    }

    private static async Task<int> ChangeAsync(AdminTarget target, bool json, string[] ids, string name, string? note, Func<OperationReport, string> tell, CancellationToken cancellationToken)
    {
        int worst = ExitCodes.Success;
        var changed = new List<OperationReport>();
        foreach (string id in ids)
        {
            using HttpContent? body = note is null ? null : AdminClient.Body(new ResolveBody(note), ReportJson.OneLine.ResolveBody);
            AdminReply<OperationReport> reply = await OperationsCommand.AskAsync(target, HttpMethod.Post, $"{OperationsCommand.PathOf(id)}/{name}", body, cancellationToken);
            worst = Math.Max(worst, reply.ExitCode);
            if (reply.Value is not { } report)
                continue;
            changed.Add(report);
            if (!json)
                target.Console.Output.WriteLine(TextTable.Plain(tell(report)));
        }

        if (json)
            target.Console.WriteJson(changed, ReportJson.Readable.IReadOnlyListOperationReport);
        return worst;
    }
}
