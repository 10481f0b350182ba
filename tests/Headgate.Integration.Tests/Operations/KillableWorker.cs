using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Headgate.Integration.Tests.Operations;

/// <summary>The program operations-worker as a process of its own, which is killed without notice and stopped like one that gets no time.</summary>
internal sealed class KillableWorker : IAsyncDisposable
{
    private readonly Process _process;

    private KillableWorker(Process process) => _process = process;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts one, and waits until it has begun its operations.</summary>
    /// <param name="location">The store.</param>
    /// <param name="count">How many operations it begins.</param>
    /// <param name="ids">Takes their ids.</param>
    public static async Task<KillableWorker> StartAsync(string location, int count, List<string> ids)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "operations-worker"), [location, count.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var worker = new KillableWorker(Process.Start(start)!);
        string? line;
        while ((line = await worker._process.StandardOutput.ReadLineAsync(Stop)) is not null and not "ready")
            ids.Add(line);
        Assert.True(line is not null, "the worker ended before it was ready");
        return worker;
    }

    /// <summary>Ends it as a power cut would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Stop);
    }

    /// <summary>Gives it no time any more.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Gives it time again.</summary>
    public Task WakeAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using Process sent = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await sent.WaitForExitAsync(Stop);
        Assert.Equal(0, sent.ExitCode);
    }
}
