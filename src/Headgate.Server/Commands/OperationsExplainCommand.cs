using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate operations explain</c>.</summary>
internal static class OperationsExplainCommand
{
    public static Command Create(CommandConsole console)
    {
        var id = new Argument<string>("ID") { Description = "The operation's id." };
        var command = new Command("explain", "Explain an operation: what became of its parts, what happens next, and what can be done.") { id };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate operations explain op_019235a6f8d57c3e9d0b4a1c2e3f4a5b

            Exit codes: 0 explained, 1 there is no such operation, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ExplainAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(id)!, cancellationToken));
        return command;
    }

    private static async Task<int> ExplainAsync(AdminTarget target, bool json, string id, CancellationToken cancellationToken)
    {
        AdminReply<OperationExplanation> reply = await AdminClient.AskAsync(
            target, HttpMethod.Get, $"{OperationsCommand.PathOf(id)}/explanation", null, ReportJson.Readable.OperationExplanation, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.OperationExplanation, explanation => Write(target.Console.Output, explanation));
    }

    private static void Write(TextWriter output, OperationExplanation explanation)
    {
        OperationText.Write(output, explanation.Operation);
        foreach (string part in explanation.Parts)
            output.WriteLine($"  part      {TextTable.Plain(part)}");
        foreach (string line in explanation.Next)
            output.WriteLine($"  next      {TextTable.Plain(line)}");
    }
}
