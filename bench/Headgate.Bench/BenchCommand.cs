using System.CommandLine;
using System.CommandLine.Parsing;
using Headgate.Bench.Scenarios;

namespace Headgate.Bench;

/// <summary>The command line of the benchmark.</summary>
internal static class BenchCommand
{
    private const int BadUsage = 2;

    private static readonly Option<string> Program = new("--program") { Description = "The headgate executable under test; the launcher names it", Required = true, Hidden = true };
    private static readonly Option<string> Commerce = new("--commerce") { Description = "The commerce services' executable", DefaultValueFactory = _ => "commerce", Hidden = true };
    private static readonly Option<string> CommerceDocument = new("--commerce-document") { Description = "The document of the commerce gateway", DefaultValueFactory = _ => "examples/commerce/gateway.openapi.yaml", Hidden = true };
    private static readonly Option<string> Results = new("--results") { Description = "Folder for the result files", DefaultValueFactory = _ => "bench/results", Hidden = true };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the result files (default: side-by-side; partial for a choice or --quick)" };
    private static readonly Option<string[]> Scenarios = new("--scenario") { Description = "Only this scenario; repeatable, '*' stands for anything at either end", DefaultValueFactory = _ => [] };
    private static readonly Option<string> Subjects = new("--subjects") { Description = "Comma list of direct, haproxy, nginx, headgate (default: all)", DefaultValueFactory = _ => "" };
    private static readonly Option<string?> Compare = new("--compare") { Description = "Another headgate executable (of './headgate publish', say), measured as headgate-compared in the same rounds" };
    private static readonly Option<double?> Duration = new("--duration") { Description = "Seconds of each measurement (default: 5)" };
    private static readonly Option<int?> Rounds = new("--rounds") { Description = "Measurements of each subject, in turn; the median counts (default: 3)" };
    private static readonly Option<bool> Quick = new("--quick") { Description = "1 s and one round: whether it works, not how fast" };
    private static readonly Option<bool> List = new("--list") { Description = "Lists the scenarios" };

    /// <summary>Runs the benchmark. Exit codes: 0 done, 1 a subject or a request failed, 2 it could not start, 130 interrupted.</summary>
    public static async Task<int> InvokeAsync(string[] arguments, TimeProvider time)
    {
        var parsed = Build(time).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"bench: {error.Message} See ./headgate bench --help.");
            return BadUsage;
        }
        // Ctrl-C cancels; the children are stopped well within this time.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
    }

    /// <summary>The command with its options and their checks.</summary>
    internal static RootCommand Build(TimeProvider time)
    {
        var root = new RootCommand("Measures Headgate side by side with HAProxy and nginx in the same run: ./headgate bench")
        {
            Program, Commerce, CommerceDocument, Results, Name, Scenarios, Subjects, Compare, Duration, Rounds, Quick, List,
        };
        root.Validators.Add(Check);
        root.SetAction((parsed, cancellation) => parsed.GetValue(List) ? ListAsync(cancellation) : RunAsync(Read(parsed), time, cancellation));
        return root;
    }

    private static void Check(CommandResult result)
    {
        if (result.GetValue(Duration) <= 0)
            result.AddError("--duration needs a positive number of seconds.");
        if (result.GetValue(Compare) is { } program && !File.Exists(program))
            result.AddError($"--compare needs an executable; {program} is not there.");
        if (result.GetValue(Rounds) <= 0)
            result.AddError("--rounds needs a positive number.");
    }

    /// <summary>The options as the rest of the benchmark reads them.</summary>
    internal static BenchOptions Read(ParseResult parsed)
    {
        var quick = parsed.GetValue(Quick);
        var scenarios = parsed.GetValue(Scenarios) ?? [];
        var subjects = parsed.GetValue(Subjects)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var isPartial = quick || scenarios.Length > 0 || subjects.Length > 0 || parsed.GetValue(Compare) is not null;
        return new BenchOptions
        {
            Program = parsed.GetValue(Program)!,
            Commerce = parsed.GetValue(Commerce)!,
            CommerceDocument = parsed.GetValue(CommerceDocument)!,
            ComparedProgram = parsed.GetValue(Compare),
            ResultsFolder = parsed.GetValue(Results)!,
            ResultName = parsed.GetValue(Name) ?? (isPartial ? "partial" : "side-by-side"),
            ScenarioPatterns = scenarios,
            SubjectNames = subjects,
            Duration = TimeSpan.FromSeconds(parsed.GetValue(Duration) ?? (quick ? 1 : 5)),
            WarmUp = TimeSpan.FromSeconds(quick ? 1 : 10),
            Rounds = parsed.GetValue(Rounds) ?? (quick ? 1 : 3),
            IdleConnections = quick ? 1_000 : 10_000,
        };
    }

    private static async Task<int> ListAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var scenario in ScenarioCatalog.All)
            await Console.Out.WriteLineAsync($"{scenario.Name,-28}{scenario.Description}");
        return 0;
    }

    private static async Task<int> RunAsync(BenchOptions options, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await new BenchRun(options, time).RunAsync(cancellation);
        }
        catch (BenchRefusedException refused)
        {
            await Console.Error.WriteLineAsync($"bench: {refused.Message}");
            return BadUsage;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("bench: interrupted; everything that it started is stopped.");
            return 130;
        }
    }
}
