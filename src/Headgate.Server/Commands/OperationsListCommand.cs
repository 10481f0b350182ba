using System.CommandLine;
using System.Globalization;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate operations list</c>.</summary>
internal static class OperationsListCommand
{
    private const int DefaultLimit = 100;

    private static readonly string[] s_columns = ["ID", "STATE", "PROGRESS", "KIND", "NAME", "STAGE", "TENANT", "BEGAN", "WHY"];

    /// <summary>Makes the command.</summary>
    /// <param name="console">Where it writes.</param>
    /// <param name="onlyKind">The one kind that it lists; null for what its option says.</param>
    public static Command Create(CommandConsole console, string? onlyKind)
    {
        var state = new Option<string?>("--state") { Description = "States, separated by commas: pending, in_progress, succeeded, failed, cancelling, cancelled.", HelpName = "STATES" };
        var attention = new Option<bool>("--attention") { Description = "Those alone that somebody has to look at." };
        var kind = new Option<string?>("--kind") { Description = "Those of one kind.", HelpName = "KIND" };
        var tenant = new Option<string?>("--tenant") { Description = "Those of one tenant.", HelpName = "TENANT" };
        var limit = new Option<int>("--limit") { Description = "The most that are listed.", HelpName = "COUNT", DefaultValueFactory = _ => DefaultLimit };
        var command = new Command("list", "List operations, the latest first.") { state, attention, tenant, limit };
        if (onlyKind is null)
            command.Add(kind);
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate operations list
              headgate operations list --attention --format json
              headgate operations list --state in_progress,cancelling --tenant acme

            Exit codes: 0 listed, 2 wrong arguments, or no instance is reached.
            """);
        command.SetAction((result, cancellationToken) =>
        {
            string path = "/admin/v1/operations?limit=1000" + Part("state", result.GetValue(state)) + Part("kind", onlyKind ?? result.GetValue(kind)) + Part("tenant", result.GetValue(tenant)) + (result.GetValue(attention) ? "&attention=true" : "");
            return ListAsync(instance.Target(result, console), instance.WantsJson(result), path, result.GetValue(limit), cancellationToken);
        });
        return command;
    }

    private static string Part(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    // A page may have none of what is asked for, and yet a next one.
    private static async Task<int> ListAsync(AdminTarget target, bool json, string path, int limit, CancellationToken cancellationToken)
    {
        var found = new List<OperationReport>();
        string? next = null;
        do
        {
            AdminReply<PageReport<OperationReport>> reply = await AdminClient.AskAsync(
                target, HttpMethod.Get, next is null ? path : $"{path}&cursor={next}", null, ReportJson.Readable.PageReportOperationReport, cancellationToken);
            if (reply.Value is not { } page)
                return reply.ExitCode;
            found.AddRange(page.Items.Take(limit - found.Count));
            next = page.Next;
        }
        while (next is not null && found.Count < limit);
        var all = new AdminReply<IReadOnlyList<OperationReport>>(found, ExitCodes.Success);
        return all.PrintTable(target.Console, json, ReportJson.Readable.IReadOnlyListOperationReport, "There are no such operations.", s_columns, RowOf);
    }

    private static string[] RowOf(OperationReport report) =>
    [
        report.Id, report.Attention is null ? report.State : $"{report.State} (attention)", string.Create(CultureInfo.InvariantCulture, $"{report.Progress} %"), report.Kind, report.Name,
        report.Stage ?? "-", report.Tenant ?? "-", $"{report.CreatedAt:u}", report.Attention ?? report.ErrorDetail ?? "-",
    ];
}
