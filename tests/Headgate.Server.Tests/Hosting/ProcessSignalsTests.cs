using System.Diagnostics;
using System.Globalization;
using Headgate.Server.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Tests.Hosting;

public class ProcessSignalsTests
{
    // Log rotation sends one at any time: the process that runs these tests would end by it.
    [Fact]
    public async Task Sighup_BeforeThereIsAnythingToReload_WaitsForThat()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGHUP.");
        var ready = new TaskCompletionSource();
        var reloaded = new TaskCompletionSource();
        int early = 0;
        using var signals = new ProcessSignals();
        signals.OnReload(
            ready.Task,
            () =>
            {
                Interlocked.Add(ref early, ready.Task.IsCompleted ? 0 : 1);
                reloaded.TrySetResult();
                return Task.CompletedTask;
            },
            NullLogger.Instance);

        using (Process kill = Process.Start("kill", ["-HUP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        ready.SetResult();
        await reloaded.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(0, early);
    }
}
