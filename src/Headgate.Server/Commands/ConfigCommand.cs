using System.CommandLine;
using Headgate.OpenApi.Extensions;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate config</c>: the configuration in force of a running instance.</summary>
internal static class ConfigCommand
{
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
        return reply.Print(target.Console, json, ReportJson.Readable.ConfigReport, config => Write(config, target.Console));
    }

    private static void Write(ConfigReport config, CommandConsole console)
    {
        TextTable.Write(console.Output, [s_columns, .. config.Settings.SelectMany(Rows)]);
        foreach (ApiConfigReport api in config.Apis)
        {
            console.Output.WriteLine();
            console.Output.WriteLine(console.Bold($"{api.Api} ({api.Document})"));
            TextTable.Write(console.Output, [.. SettingLines.Of("", api.Config).Select(line => new[] { "  " + line.Path, line.Value })]);
        }
    }

    private static IEnumerable<string[]> Rows(SettingReport setting) => setting.Values.Count == 0
        ? [[setting.Key, SettingLines.None, ""]]
        : setting.Values.Select(value => new[] { setting.Key, value.Value, value.Source == "default" ? "default" : $"{value.Source} ({value.Origin})" });
}
