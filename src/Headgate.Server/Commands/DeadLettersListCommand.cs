using System.CommandLine;
using System.Globalization;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate deadletters list</c>.</summary>
internal static class DeadLettersListCommand
{
    private static readonly string[] s_columns = ["ID", "SUBSCRIPTION", "FAILED", "ATTEMPTS", "TYPE", "OF", "TENANT", "ERROR"];

    public static Command Create(CommandConsole console)
    {
        var subscription = new Option<string?>("--subscription") { Description = "The dead letters of one subscription.", HelpName = "NAME" };
        var command = new Command("list", "List dead letters in the order in which they came to be.") { subscription };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate deadletters list
              headgate deadletters list --subscription webhooks --format json

            Exit codes: 0 listed, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ListAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(subscription), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(AdminTarget target, bool json, string? subscription, CancellationToken cancellationToken)
    {
        string path = "/admin/v1/dead-letters?limit=1000" + (subscription is null ? "" : $"&subscription={Uri.EscapeDataString(subscription)}");
        AdminReply<IReadOnlyList<DeadLetter>> reply = await AdminClient.ListAsync(target, path, ReportJson.Readable.PageReportDeadLetter, cancellationToken);
        return reply.PrintTable(target.Console, json, ReportJson.Readable.IReadOnlyListDeadLetter, "There are no dead letters.", s_columns, RowOf);
    }

    private static string[] RowOf(DeadLetter letter) =>
    [
        letter.Id, letter.Subscription, $"{letter.FailedAt:u}", letter.Attempts.ToString(CultureInfo.InvariantCulture), letter.Type, $"{letter.AggregateType} {letter.AggregateId}", letter.Tenant ?? "-", letter.Error,
    ];
}
