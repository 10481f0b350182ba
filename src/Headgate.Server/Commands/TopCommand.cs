using System.CommandLine;
using Headgate.OpenApi.Values;
using Headgate.Server.Commands.Top;
using Headgate.Server.Hosting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate top</c>: what a running instance does, live.</summary>
internal static class TopCommand
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    public static Command Create(CommandConsole console)
    {
        var interval = new Option<string>("--interval") { Description = "The time between two looks, from 100ms to 1h.", HelpName = "DURATION", DefaultValueFactory = _ => "2s" };
        var sort = new Option<TopSort>("--sort") { Description = "The order of rows; of rates and times the highest first.", HelpName = "requests|errors|p50|p99|name", DefaultValueFactory = _ => TopSort.Requests };
        var rows = new Option<int>("--rows") { Description = "The most rows of each table.", HelpName = "COUNT", DefaultValueFactory = _ => 20 };
        var once = new Option<bool>("--once") { Description = "Look twice, show what happened in between, and end." };
        var command = new Command("top", "Watch the running instance: requests per second, errors and latency by operation and by service, from its metrics.") { interval, sort, rows, once };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate top
              headgate top --sort p99 --interval 5s
              headgate top --once --format json | jq '.operations[0]'

            Where standard output is no terminal each look is printed under the one before, with --format json as one line. An instance that ends or
            restarts is looked for until it is there again; Ctrl-C ends.
            Exit codes: 0 ended, 2 wrong arguments, or with --once no instance is reached.
            """);
        command.SetAction(async (result, cancellationToken) =>
        {
            if (!Duration.TryParse(result.GetValue(interval), out Duration time) || time.Value < s_shortest || time.Value > s_longest)
                return console.Refuse($"--interval takes a time from 100ms to 1h, not '{result.GetValue(interval)}'.");
            if (result.GetValue(rows) < 1)
                return console.Refuse("--rows takes a number from 1 on.");
            var options = new TopOptions(time, result.GetValue(sort), result.GetValue(rows), result.GetValue(once), instance.WantsJson(result));
            return await WatchAsync(new TopLoop(instance.Target(result, console), options, TimeProvider.System), cancellationToken);
        });
        return command;
    }

    private static async Task<int> WatchAsync(TopLoop loop, CancellationToken cancellationToken)
    {
        using var signals = new ProcessSignals();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<int> watching = loop.RunAsync(ended.Token);
        await Task.WhenAny(watching, signals.WaitForStopAsync(ended.Token));
        await ended.CancelAsync();
        return await watching;
    }
}
