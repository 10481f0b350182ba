using System.CommandLine;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate deadletters</c>: events that a consumer could not take.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("deadletters", "Events that a subscription of the log could not take, however often it tried.")
        {
            DeadLettersListCommand.Create(console),
            DeadLettersShowCommand.Create(console),
            DeadLettersSettleCommand.CreateRetry(console),
            DeadLettersSettleCommand.CreateDrop(console),
        };
        CommandExamples.Set(command, """
              headgate deadletters list
              headgate deadletters retry 019235a6f8d57c3e9d0b4a1c2e3f4a5b
              headgate deadletters list --format json | jq -r '.[].id' | xargs headgate deadletters retry
            """);
        return command;
    }

    /// <summary>The event of a letter, in words.</summary>
    public static string EventOf(DeadLetter letter) => $"{letter.Type} of {letter.AggregateType} {letter.AggregateId}";

    /// <summary>Asks for something that is answered with one letter.</summary>
    public static Task<AdminReply<DeadLetter>> AskAsync(AdminTarget target, HttpMethod method, string id, string more, CancellationToken cancellationToken) =>
        AdminClient.AskAsync(target, method, $"/admin/v1/dead-letters/{Uri.EscapeDataString(id)}{more}", null, ReportJson.Readable.DeadLetter, cancellationToken);
}
