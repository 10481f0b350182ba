using System.Globalization;
using Headgate.Bench.Processes;

namespace Headgate.Bench.Load;

/// <summary>Runs wrk: one thread, so that it stays on its core.</summary>
internal sealed class WrkGenerator(BenchContext context)
{
    // wrk starts, calibrates and ends within this on top of the measurement itself.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    /// <summary>Sends the load for about the duration (whole seconds, at least one).</summary>
    /// <exception cref="MeasurementFailedException">wrk failed; the message holds its last words.</exception>
    public async Task<LoadResult> RunAsync(
        Uri address, LoadRequest request, TimeSpan duration, int? core, CancellationToken cancellation)
    {
        var script = Path.Combine(context.Folder, "load.lua");
        await File.WriteAllTextAsync(script, WrkScript.For(request), cancellation);
        var seconds = Math.Max(1, (int)Math.Round(duration.TotalSeconds));
        await using var process = ChildProcess.Start(
            new Launch(context.Tools.Wrk, Arguments(address, request, seconds, script)) { Core = core }, context.Tools);

        var ended = await process.WaitAsync(TimeSpan.FromSeconds(seconds) + Margin, context.Time, cancellation);
        var output = process.LastWords();
        return ended && process.ExitCode == 0 && LoadResult.Parse(output) is { } result
            ? result
            : throw new MeasurementFailedException($"wrk failed: {output}");
    }

    private static string[] Arguments(Uri address, LoadRequest request, int seconds, string script) =>
    [
        "--threads", "1",
        "--connections", request.Connections.ToString(CultureInfo.InvariantCulture),
        "--duration", seconds.ToString(CultureInfo.InvariantCulture),
        "--timeout", "10s",
        "--script", script,
        new Uri(address, request.Operations > 0 ? "/" : request.Path).ToString(),
    ];
}
