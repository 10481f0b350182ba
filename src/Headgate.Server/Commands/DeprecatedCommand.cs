using System.CommandLine;
using System.Globalization;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate deprecated</c>: who still calls the deprecated operations of a running instance.</summary>
internal static class DeprecatedCommand
{
    private static readonly string[] s_columns = ["API", "OPERATION", "CALLER", "CALLS", "FIRST", "LAST"];

    public static Command Create(CommandConsole console)
    {
        var api = new Option<string?>("--api") { Description = "The operations of one document alone.", HelpName = "NAME" };
        var callers = new Option<int>("--callers") { Description = "How many callers of each operation are named, the busiest first; at most 1000.", HelpName = "COUNT", DefaultValueFactory = _ => 10 };
        var command = new Command("deprecated", "Show who still calls the deprecated operations of the running instance, so that their owner knows whom to write to.") { api, callers };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate deprecated
              headgate deprecated --api orders --callers 100 --format json

            Each instance counts alone, since its start. Exit codes: 0 shown, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(api), result.GetValue(callers), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, bool json, string? api, int callers, CancellationToken cancellationToken)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/admin/v1/deprecated?callers={callers}");
        if (api is not null)
            path += $"&api={Uri.EscapeDataString(api)}";
        AdminReply<IReadOnlyList<DeprecatedOperation>> reply = await AdminClient.ListAsync(target, path, ReportJson.Readable.PageReportDeprecatedOperation, cancellationToken);
        return reply.PrintTable(target.Console, json, ReportJson.Readable.IReadOnlyListDeprecatedOperation, "No operation in force is deprecated.", s_columns, Rows);
    }

    private static IEnumerable<string[]> Rows(DeprecatedOperation operation)
    {
        yield return [operation.Api, operation.Operation, $"{operation.CallerCount} told apart", Text(operation.Calls), $"since {operation.Since:u}", ""];
        foreach (DeprecatedCaller caller in operation.Callers)
            yield return ["", "", NameOf(caller), Text(caller.Calls), $"{caller.FirstCall:u}", $"{caller.LastCall:u}"];
        if (operation.OtherCalls > 0)
            yield return ["", "", "others", Text(operation.OtherCalls), "", ""];
    }

    private static string NameOf(DeprecatedCaller caller)
    {
        (string Kind, string? Value)[] parts = [("user", caller.User), ("service account", caller.ServiceAccount), ("API key", caller.ApiKey), ("tenant", caller.Tenant), ("address", caller.Address)];
        string name = string.Join(", ", parts.Where(part => part.Value is not null).Select(part => $"{part.Kind} {part.Value}"));
        return name.Length == 0 ? "unnamed" : name;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
