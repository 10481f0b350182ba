using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate log-levels</c>: what the log of a running instance tells, changed for a while.</summary>
internal static class LogLevelsCommand
{
    private const string Path = "/admin/v1/log-levels";

    public static Command Create(CommandConsole console)
    {
        var command = new Command("log-levels", "Show and change the levels of the running instance's log, each for a while.") { List(console), Set(console), Reset(console) };
        CommandExamples.Set(command, """
              headgate log-levels list
              headgate log-levels set Headgate.Gateway debug --for 10m
              headgate log-levels reset Headgate.Gateway
            """);
        return command;
    }

    private static Command List(CommandConsole console)
    {
        var command = new Command("list", "Show the level of the settings, and those that hold for a while.");
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate log-levels list

            Exit codes: 0 shown, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => AskAsync(instance.Target(result, console), HttpMethod.Get, Path, null, instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static Command Set(CommandConsole console)
    {
        var category = new Argument<string>("CATEGORY") { Description = "A category of the log with all below it, such as Headgate.Gateway.Forwarding; Default for all that have no level of their own." };
        var level = new Argument<string>("LEVEL") { Description = "debug, info, warning or error." };
        var time = new Option<string?>("--for") { Description = "For how long, at most 24h. Default: 15m.", HelpName = "DURATION" };
        var command = new Command("set", "Give a category a level for a while.") { category, level, time };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate log-levels set Headgate.Gateway debug --for 10m
              headgate log-levels set Default debug

            Exit codes: 0 set, 1 too many categories have levels of their own, 2 wrong arguments, or no instance is reached.
            """);
        command.SetAction(async (result, cancellationToken) =>
        {
            using HttpContent body = AdminClient.Body(new LogLevelBody(result.GetValue(level)!, result.GetValue(time)), ReportJson.Readable.LogLevelBody);
            return await AskAsync(instance.Target(result, console), HttpMethod.Put, PathOf(result.GetValue(category)!), body, instance.WantsJson(result), cancellationToken);
        });
        return command;
    }

    private static Command Reset(CommandConsole console)
    {
        var category = new Argument<string>("CATEGORY") { Description = "The category." };
        var command = new Command("reset", "Give a category back the level that the settings say.") { category };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate log-levels reset Headgate.Gateway

            Exit codes: 0 done, 1 it had no level of its own, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) =>
            AskAsync(instance.Target(result, console), HttpMethod.Delete, PathOf(result.GetValue(category)!), null, instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static string PathOf(string category) => $"{Path}/{Uri.EscapeDataString(category)}";

    private static async Task<int> AskAsync(AdminTarget target, HttpMethod method, string path, HttpContent? body, bool json, CancellationToken cancellationToken)
    {
        AdminReply<LogLevelsReport> reply = await AdminClient.AskAsync(target, method, path, body, ReportJson.Readable.LogLevelsReport, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.LogLevelsReport, levels => Write(target.Console.Output, levels));
    }

    private static void Write(TextWriter output, LogLevelsReport levels)
    {
        output.WriteLine($"The settings say {levels.Level}.");
        foreach (LogLevelReport level in levels.Categories)
            output.WriteLine($"{level.Category} is at {level.Level} until {level.Until:u}");
    }
}
