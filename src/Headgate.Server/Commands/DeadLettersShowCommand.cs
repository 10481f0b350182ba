using System.CommandLine;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate deadletters show</c>.</summary>
internal static class DeadLettersShowCommand
{
    public static Command Create(CommandConsole console)
    {
        var id = new Argument<string>("ID") { Description = "The dead letter's id." };
        var command = new Command("show", "Show why an event could not be taken.") { id };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate deadletters show 019235a6f8d57c3e9d0b4a1c2e3f4a5b

            Exit codes: 0 shown, 1 there is no such dead letter, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(id)!, cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, bool json, string id, CancellationToken cancellationToken)
    {
        AdminReply<DeadLetter> reply = await DeadLettersCommand.AskAsync(target, HttpMethod.Get, id, "", cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.DeadLetter, letter => Write(target.Console.Output, letter));
    }

    // What publishers and consumers said may hold what would steer a terminal.
    private static void Write(TextWriter output, DeadLetter letter)
    {
        string again = letter.IsRetried ? "; it is about to be tried again" : "";
        output.WriteLine(TextTable.Plain($"{letter.Subscription} could not take {DeadLettersCommand.EventOf(letter)}{(letter.Tenant is null ? "" : $" (tenant {letter.Tenant})")}"));
        output.WriteLine($"  why       {TextTable.Plain(letter.Error)}");
        output.WriteLine($"  attempts  {letter.Attempts}, the last at {letter.FailedAt:u}{again}");
        output.WriteLine($"  event     {letter.EventId} at offset {letter.Offset} (headgate events show {letter.EventId})");
    }
}
