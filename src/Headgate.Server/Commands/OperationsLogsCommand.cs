using System.CommandLine;
using System.Text.Json;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate operations logs</c>.</summary>
internal static class OperationsLogsCommand
{
    private static readonly string[] s_columns = ["TIME", "WHAT", "PROGRESS", "STAGE", "MESSAGE"];

    public static Command Create(CommandConsole console)
    {
        var id = new Argument<string>("ID") { Description = "The operation's id." };
        var command = new Command("logs", "Show what an operation told, in order.") { id };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate operations logs op_019235a6f8d57c3e9d0b4a1c2e3f4a5b

            Exit codes: 0 shown, 1 there is no such operation, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(id)!, cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, bool json, string id, CancellationToken cancellationToken)
    {
        AdminReply<IReadOnlyList<OperationEntryReport>> reply = await AdminClient.ListAsync(
            target, $"{OperationsCommand.PathOf(id)}/log?limit=1000", ReportJson.Readable.PageReportOperationEntryReport, cancellationToken);
        return reply.PrintTable(target.Console, json, ReportJson.Readable.IReadOnlyListOperationEntryReport, "What it told is no longer in the event log.", s_columns, RowsOf);
    }

    private static IEnumerable<string[]> RowsOf(OperationEntryReport entry)
    {
        yield return [entry.Time, entry.Type, $"{entry.Data.GetProperty("progress").GetInt32()} %", Text("current_stage"), Text("reason") is not "-" and var reason ? reason : Text("message")];
        if (!entry.Data.TryGetProperty("logs", out JsonElement lines))
            yield break;
        foreach (JsonElement line in lines.EnumerateArray())
            yield return ["", "", "", "", line.GetString()!];

        string Text(string name) => entry.Data.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "-";
    }
}
