using System.CommandLine;
using System.Globalization;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate events list</c>.</summary>
internal static class EventsListCommand
{
    private const int DefaultLimit = 100;

    private static readonly string[] s_columns = ["OFFSET", "APPENDED", "TYPE", "OF", "TENANT", "SOURCE", "BYTES", "ID"];

    public static Command Create(CommandConsole console)
    {
        var after = new Option<long?>("--after") { Description = "The offset after which the list begins. Without it: the earliest event that is there.", HelpName = "OFFSET" };
        var type = new Option<string?>("--type") { Description = "Types, separated by commas; order.* for all that begin alike.", HelpName = "PATTERN" };
        var tenant = new Option<string?>("--tenant") { Description = "The events of one tenant.", HelpName = "TENANT" };
        var limit = new Option<int>("--limit") { Description = "The most events that are listed; 1 to 1000.", HelpName = "COUNT", DefaultValueFactory = _ => DefaultLimit };
        var command = new Command("list", "List events in the order of the log, without their data.") { after, type, tenant, limit };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate events list
              headgate events list --after 1200 --type order.created,order.paid --tenant acme

            Exit codes: 0 listed, 2 wrong arguments, or no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ListAsync(
            instance.Target(result, console), instance.WantsJson(result), PathOf(result.GetValue(after), result.GetValue(type), result.GetValue(tenant), result.GetValue(limit)), cancellationToken));
        return command;
    }

    private static string PathOf(long? after, string? type, string? tenant, int limit)
    {
        string path = $"/admin/v1/events?limit={limit}";
        if (after is { } offset)
            path += $"&after={offset.ToString(CultureInfo.InvariantCulture)}";
        if (type is not null)
            path += $"&type={Uri.EscapeDataString(type)}";
        return tenant is null ? path : $"{path}&tenant={Uri.EscapeDataString(tenant)}";
    }

    private static async Task<int> ListAsync(AdminTarget target, bool json, string path, CancellationToken cancellationToken)
    {
        AdminReply<PageReport<EventReport>> reply = await AdminClient.AskAsync(target, HttpMethod.Get, path, null, ReportJson.Readable.PageReportEventReport, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.PageReportEventReport, page => Write(target.Console.Output, page.Items));
    }

    private static void Write(TextWriter output, IReadOnlyList<EventReport> events)
    {
        if (events.Count == 0)
            output.WriteLine("There are no such events.");
        else
            TextTable.Write(output, [s_columns, .. events.Select(RowOf)]);
    }

    private static string[] RowOf(EventReport report) =>
    [
        report.Offset.ToString(CultureInfo.InvariantCulture), $"{report.AppendedAt:u}", report.Type, $"{report.AggregateType} {report.AggregateId}", report.Tenant ?? "-", report.Source,
        report.Bytes.ToString(CultureInfo.InvariantCulture), report.Id,
    ];
}
