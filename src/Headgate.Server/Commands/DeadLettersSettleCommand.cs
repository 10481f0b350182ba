using System.CommandLine;
using Headgate.Integration.Events.Subscriptions;

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
        HttpMethod.Post, "/retry", letter => $"{letter.Id} is tried again: {letter.Type} of {letter.AggregateType} {letter.AggregateId}, for {letter.Subscription}");

    public static Command CreateDrop(CommandConsole console) => Create(
        console, "drop", "Give dead letters up for good. Their events stay in the log.",
        """
          headgate deadletters drop 019235a6f8d57c3e9d0b4a1c2e3f4a5b

        Exit codes: 0 dropped, 1 there is no such dead letter, 2 no instance is reached.
        """,
        HttpMethod.Delete, "", letter => $"{letter.Id} is dropped: {letter.Type} of {letter.AggregateType} {letter.AggregateId}, for {letter.Subscription}");

    private static Command Create(CommandConsole console, string name, string description, string examples, HttpMethod method, string more, Func<DeadLetter, string> tell)
    {
        var ids = new Argument<string[]>("ID") { Description = "The dead letters' ids.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(name, description) { ids };
        InstanceOptions instance = InstanceOptions.AddTo(command, hasFormat: false);
        CommandExamples.Set(command, examples);
        command.SetAction(async (result, cancellationToken) =>
        {
            AdminTarget target = instance.Target(result, console);
            int worst = ExitCodes.Success;
            foreach (string id in result.GetValue(ids)!)
            {
                AdminReply<DeadLetter> reply = await DeadLettersCommand.AskAsync(target, method, id, more, cancellationToken);
                if (reply.Value is { } letter)
                    target.Console.Output.WriteLine(tell(letter));
                worst = Math.Max(worst, reply.ExitCode);
            }

            return worst;
        });
        return command;
    }
}
