using System.CommandLine;
using System.Text.Json.Nodes;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate config</c>: the configuration in force of a running instance.</summary>
internal static class ConfigCommand
{
    private const string None = "-";

    private static readonly string[] s_columns = ["SETTING", "VALUE", "FROM"];

    public static Command Create(CommandConsole console)
    {
        var command = new Command("config", "Show the configuration in force of the running instance: every setting with who says it, and what holds for each document, defaults included. Secrets are not shown.");
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate config
              headgate config --format json | jq '.apis[0].config.timeout'

            Exit codes: 0 shown, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(instance.Target(result, console), instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, bool json, CancellationToken cancellationToken)
    {
        AdminReply<ConfigReport> reply = await AdminClient.AskAsync(target, HttpMethod.Get, "/admin/v1/config", null, ReportJson.Readable.ConfigReport, cancellationToken);
        if (reply.Value is not { } config)
            return reply.ExitCode;
        if (json)
            target.Console.WriteJson(config, ReportJson.Readable.ConfigReport);
        else
            Write(config, target.Console);
        return ExitCodes.Success;
    }

    private static void Write(ConfigReport config, CommandConsole console)
    {
        TextTable.Write(console.Output, [s_columns, .. config.Settings.SelectMany(Rows)]);
        foreach (ApiConfigReport api in config.Apis)
        {
            console.Output.WriteLine();
            console.Output.WriteLine(console.Bold($"{api.Api} ({api.Document})"));
            TextTable.Write(console.Output, [.. Lines("", api.Config).Select(line => new[] { "  " + line.Path, line.Value })]);
        }
    }

    private static IEnumerable<string[]> Rows(SettingReport setting) => setting.Values.Count == 0
        ? [[setting.Key, None, ""]]
        : setting.Values.Select(value => new[] { setting.Key, value.Value, value.Source == "default" ? "default" : $"{value.Source} ({value.Origin})" });

    // A line for each value that stands alone; lists of such values stay on one.
    private static IEnumerable<(string Path, string Value)> Lines(string path, JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } members => members.SelectMany(member => Lines(path.Length == 0 ? member.Key : $"{path}.{member.Key}", member.Value)),
        JsonArray { Count: > 0 } items when items.Any(item => item is JsonObject) => items.SelectMany((item, index) => Lines($"{path}[{index}]", item)),
        JsonArray { Count: > 0 } items => [(path, string.Join(", ", items.Select(item => item?.ToString() ?? None)))],
        JsonValue value => [(path, value.ToString())],
        _ => [(path, None)],
    };
}
