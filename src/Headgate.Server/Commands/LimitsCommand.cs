using System.CommandLine;
using System.Globalization;
using Headgate.OpenApi.Values;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate limits</c>: the limits of a running instance and who uses them.</summary>
internal static class LimitsCommand
{
    private static readonly string[] s_columns = ["API", "LIMIT", "OF", "ADMITTED", "REFUSED", "CONSUMERS"];

    public static Command Create(CommandConsole console)
    {
        var api = new Option<string?>("--api") { Description = "The limits of one document alone.", HelpName = "NAME" };
        var consumers = new Option<int>("--consumers") { Description = "How many consumers of each limit are named, the busiest first; at most 100.", HelpName = "COUNT", DefaultValueFactory = _ => 10 };
        var command = new Command("limits", "Show the limits of callers of the running instance: what they admitted and refused, and who uses them now.") { api, consumers };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate limits
              headgate limits --api orders --consumers 50 --format json

            Each instance counts alone. Values of header fields are never shown, and of consumers who have used little only a hash is known.
            Exit codes: 0 shown, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(api), result.GetValue(consumers), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, bool json, string? api, int consumers, CancellationToken cancellationToken)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/admin/v1/limits?consumers={consumers}");
        if (api is not null)
            path += $"&api={Uri.EscapeDataString(api)}";
        AdminReply<IReadOnlyList<LimitReport>> reply = await AdminClient.ListAsync(target, path, ReportJson.Readable.PageReportLimitReport, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.IReadOnlyListLimitReport, limits => Write(limits, target.Console));
    }

    private static void Write(IReadOnlyList<LimitReport> limits, CommandConsole console)
    {
        if (limits.Count == 0)
            console.Output.WriteLine("No document has limits of callers.");
        else
            TextTable.Write(console.Output, [s_columns, .. limits.SelectMany(limit => limit.Consumers.Select(Row).Prepend(Row(limit)))]);
    }

    private static string[] Row(LimitReport limit) =>
    [
        limit.Api,
        limit.Name,
        Text(limit),
        limit.Admitted?.ToString(CultureInfo.InvariantCulture) ?? "-",
        limit.Refused?.ToString(CultureInfo.InvariantCulture) ?? "-",
        limit.ConsumerCount.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Text(LimitReport limit)
    {
        string holds = limit.WindowSeconds is { } window
            ? $"{limit.Limit} in {Duration.FromSeconds(window)}{(limit.Burst == limit.Limit ? "" : $", {limit.Burst} at once")}"
            : $"{limit.Limit} under way";
        return $"{holds}, by {limit.By}{(limit.Operation is null ? "" : $", of {limit.Operation}")}{(limit.Service is null ? "" : $", to {limit.Service}")}";
    }

    private static string[] Row(LimitConsumerReport consumer)
    {
        string whole = consumer.FullInSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $", whole in {Math.Ceiling(seconds)} s") : "";
        return ["", "  " + consumer.Name, $"  {consumer.Used} used, {consumer.Remaining} left{whole}", "", "", ""];
    }
}
