using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Headgate.Storage.Tests.Support;

/// <summary>The program storage-worker as a second process.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <param name="word">What it is to do.</param>
    /// <param name="location">The store.</param>
    /// <param name="asNobody">Whether to run without the rights of root, which no file permission stops.</param>
    public static WorkerProcess Start(string word, string location, bool asNobody = false)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "storage-worker");
        string[] prefix = asNobody ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : [];
        string[] all = [.. prefix, program, word, location];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>The next line that it prints; null at the end.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    public async Task ContinueAsync() => await _process.StandardInput.WriteLineAsync();

    /// <summary>Ends it as a power cut would: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
