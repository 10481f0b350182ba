using System.CommandLine;
using Headgate.Server.Hosting;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary><c>headgate run</c>: serves documents until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("run", "Serve OpenAPI documents.");
        SettingArguments settings = SettingArguments.AddTo(command, SettingsCatalogue.All);
        CommandExamples.Set(command, """
              headgate run api.yaml --upstream http://127.0.0.1:3000
              headgate run orders.yaml users.yaml --service orders=http://10.0.0.5:8080,http://10.0.0.6:8080
              headgate run vendor.json --overlay gateway.overlay.yaml --listen https://*:8443 --tls-cert tls.crt --tls-key tls.key

            SIGHUP, a changed file and `headgate reload` read the documents anew; SIGTERM and Ctrl-C drain. Each flag is also an environment
            variable (--drain-timeout: HEADGATE__DRAIN_TIMEOUT) and a member of headgate.json.
            """);
        Option<OutputFormat> format = CommonOptions.Format();
        format.Description = "How the start is announced: a banner on standard error, or one line of JSON on standard output.";
        command.Options.Add(format);
        command.SetAction((result, cancellationToken) => RunAsync(settings.Read(result, console), result.GetValue(format), console, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServerOptions? options, OutputFormat format, CommandConsole console, CancellationToken cancellationToken)
    {
        if (options is null)
            return ExitCodes.Usage;
        RuntimeSwitches.Ensure(options.InlineScheduling);
        try
        {
            return await ServeAsync(options, format, console, cancellationToken);
        }
        catch (StartFailure failure)
        {
            return console.Refuse(failure.Message);
        }
    }

    private static async Task<int> ServeAsync(ServerOptions options, OutputFormat format, CommandConsole console, CancellationToken cancellationToken)
    {
        using var levels = new LogLevelSwitch(TimeProvider.System);
        using ILoggerFactory logs = ProgramLog.Create(options.LogLevel, levels);
        using var signals = new ProcessSignals();
        using DataDirectory data = DataDirectory.Open(options.DataDirectory);
        await using var host = new GatewayHost(options, data, Environment.GetEnvironmentVariable(AdminKey.EnvironmentName), logs, levels, TimeProvider.System);
        var banner = new StartBanner(console);
        banner.WriteFindings(host.Reloader.Current);
        if (!host.Reloader.Current.Serves || (options.Strict && !host.Reloader.Current.IsCurrent))
        {
            banner.WriteRefusal(host.Reloader.Current);
            return ExitCodes.Failure;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        signals.OnReload(started.Task, () => OnHangUpAsync(host), logs.CreateLogger<ProcessSignals>());
        await host.StartAsync(cancellationToken);
        started.SetResult();
        if (format == OutputFormat.Json)
            banner.WriteReport(host);
        else
            banner.WriteAddresses(host);
        await signals.WaitForStopAsync(cancellationToken);
        await host.StopAsync();
        return ExitCodes.Success;
    }

    // SIGHUP is what log rotation sends, too.
    private static async Task OnHangUpAsync(GatewayHost host)
    {
        host.ReopenAccessLog();
        await host.Reloader.ReloadAsync("signal", CancellationToken.None);
    }
}
