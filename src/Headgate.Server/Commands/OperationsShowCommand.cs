using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate operations show</c>.</summary>
internal static class OperationsShowCommand
{
    public static Command Create(CommandConsole console)
    {
        var id = new Argument<string>("ID") { Description = "The operation's id." };
        var command = new Command("show", "Show how an operation stands.") { id };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate operations show op_019235a6f8d57c3e9d0b4a1c2e3f4a5b

            Exit codes: 0 shown, 1 there is no such operation, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(id)!, cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, bool json, string id, CancellationToken cancellationToken)
    {
        AdminReply<OperationReport> reply = await OperationsCommand.AskAsync(target, HttpMethod.Get, OperationsCommand.PathOf(id), null, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.OperationReport, report => OperationText.Write(target.Console.Output, report));
    }
}
