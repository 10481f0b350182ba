using System.CommandLine;

namespace Headgate.Server.Commands;

/// <summary><c>headgate events</c>: the event log of a running instance and its consumers.</summary>
internal static class EventsCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("events", "The event log of the running instance: what was appended, and how far its consumers are.")
        {
            EventsListCommand.Create(console),
            EventsShowCommand.Create(console),
            EventsSubscriptionsCommand.Create(console),
            EventsReplayCommand.Create(console),
        };
        CommandExamples.Set(command, """
              headgate events list --type 'order.*' --limit 20
              headgate events subscriptions
              headgate events replay read-model --after 0
            """);
        return command;
    }
}
