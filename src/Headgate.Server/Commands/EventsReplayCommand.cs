using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate events replay</c>.</summary>
internal static class EventsReplayCommand
{
    public static Command Create(CommandConsole console)
    {
        var subscription = new Argument<string>("SUBSCRIPTION") { Description = "The subscription, as headgate events subscriptions lists it." };
        var after = new Option<long>("--after") { Description = "The offset after which it goes on; 0 for the very beginning.", HelpName = "OFFSET", Required = true };
        var command = new Command("replay", "Have a subscription go on after an offset, wherever it is: it takes everything after that, again where it had.") { subscription, after };
        InstanceOptions instance = InstanceOptions.AddTo(command, hasFormat: false);
        CommandExamples.Set(command, """
              headgate events replay read-model --after 0

            Exit codes: 0 done, 1 there is no such subscription, 2 wrong arguments, or no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ReplayAsync(instance.Target(result, console), result.GetValue(subscription)!, result.GetValue(after), cancellationToken));
        return command;
    }

    private static async Task<int> ReplayAsync(AdminTarget target, string subscription, long after, CancellationToken cancellationToken)
    {
        int exitCode = await AdminClient.TellAsync(
            target, HttpMethod.Post, $"/admin/v1/event-subscriptions/{Uri.EscapeDataString(subscription)}/replay", AdminClient.Body(new ReplayBody(after), ReportJson.Readable.ReplayBody), cancellationToken);
        if (exitCode == ExitCodes.Success)
            target.Console.Output.WriteLine($"{subscription} goes on after offset {after}");
        return exitCode;
    }
}
