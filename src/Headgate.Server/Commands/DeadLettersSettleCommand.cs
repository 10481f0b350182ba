using System.CommandLine;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate deadletters retry</c> and <c>drop</c>.</summary>
internal static class DeadLettersSettleCommand
{
    public static Command CreateRetry(CommandConsole console) => Create(
        console, "retry", "Have dead letters tried once more, within a second. Those that are taken are gone.",
        """
          headgate deadletters retry 019235a6f8d57c3e9d0b4a1c2e3f4a5b

        Exit codes: 0 they will be tried, 1 there is no such dead letter, 2 no instance is reached.
        """,
        HttpMethod.Post, "/retry", "is tried again");

    public static Command CreateDrop(CommandConsole console) => Create(
        console, "drop", "Give dead letters up for good. Their events stay in the log.",
        """
          headgate deadletters drop 019235a6f8d57c3e9d0b4a1c2e3f4a5b

        Exit codes: 0 dropped, 1 there is no such dead letter, 2 no instance is reached.
        """,
        HttpMethod.Delete, "", "is dropped");

    private static Command Create(CommandConsole console, string name, string description, string examples, HttpMethod method, string more, string outcome)
    {
        var ids = new Argument<string[]>("ID") { Description = "The dead letters' ids.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(name, description) { ids };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, examples);
        command.SetAction((result, cancellationToken) => SettleAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(ids)!, method, more, outcome, cancellationToken));
        return command;
    }

    private static async Task<int> SettleAsync(AdminTarget target, bool json, string[] ids, HttpMethod method, string more, string outcome, CancellationToken cancellationToken)
    {
        int worst = ExitCodes.Success;
        var settled = new List<DeadLetter>();
        foreach (string id in ids)
        {
            AdminReply<DeadLetter> reply = await DeadLettersCommand.AskAsync(target, method, id, more, cancellationToken);
            worst = Math.Max(worst, reply.ExitCode);
            if (reply.Value is not { } letter)
                continue;
            settled.Add(letter);
            if (!json)
                target.Console.Output.WriteLine(TextTable.Plain($"{letter.Id} {outcome}: {DeadLettersCommand.EventOf(letter)}, for {letter.Subscription}"));
        }

        if (json)
            target.Console.WriteJson(settled, ReportJson.Readable.IReadOnlyListDeadLetter);
        return worst;
    }
}
