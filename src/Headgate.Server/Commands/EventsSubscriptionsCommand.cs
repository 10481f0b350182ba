using System.CommandLine;
using System.Globalization;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate events subscriptions</c>.</summary>
internal static class EventsSubscriptionsCommand
{
    private static readonly string[] s_columns = ["SUBSCRIPTION", "POSITION", "BEHIND", "OLDEST", "RETRYING", "DEAD LETTERS", "ERROR"];

    public static Command Create(CommandConsole console)
    {
        var command = new Command("subscriptions", "List the durable consumers of the log: how far they are, what they retry, what they gave up.");
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate events subscriptions
              headgate events subscriptions --format json

            Exit codes: 0 listed, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ListAsync(instance.Target(result, console), instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(AdminTarget target, bool json, CancellationToken cancellationToken)
    {
        AdminReply<IReadOnlyList<SubscriptionReport>> reply = await AdminClient.AskAsync(
            target, HttpMethod.Get, "/admin/v1/event-subscriptions", null, ReportJson.Readable.IReadOnlyListSubscriptionReport, cancellationToken);
        return reply.PrintTable(target.Console, json, ReportJson.Readable.IReadOnlyListSubscriptionReport, "The store knows no subscriptions.", s_columns, RowOf);
    }

    private static string[] RowOf(SubscriptionReport report) =>
    [
        report.Name, Number(report.Position), Number(report.Behind), report.Oldest is { } oldest ? $"{oldest:u}" : "-", Number(report.Retrying), Number(report.DeadLetters), report.Error ?? "-",
    ];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
