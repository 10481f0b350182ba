using System.Diagnostics;
using System.Globalization;

namespace Headgate.Bench.Processes;

/// <summary>A started program: keeps its last words for a failure message, and is stopped with its children on disposal.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int LastLines = 12;
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(5);
    private readonly Process process;
    private readonly Queue<string> lastWords = new();
    private bool disposed;

    private ChildProcess(Process process) => this.process = process;

    /// <summary>The process id: taskset becomes the program, so it is the program's own.</summary>
    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Valid once <see cref="HasExited"/>.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Starts the program, pinned if the launch names a core.</summary>
    public static ChildProcess Start(Launch launch, Toolbox tools)
    {
        var start = launch.Core is { } core
            ? new ProcessStartInfo(tools.Taskset, ["-c", core.ToString(CultureInfo.InvariantCulture), launch.Program, .. launch.Arguments])
            : new ProcessStartInfo(launch.Program, launch.Arguments);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in launch.Environment)
            start.Environment[name] = value;

        var child = new ChildProcess(new Process { StartInfo = start });
        child.process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        child.process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        child.process.Start();
        child.process.StandardInput.Close();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for the end of the program; true when it came within the bound.</summary>
    public async Task<bool> WaitAsync(TimeSpan bound, TimeProvider time, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(bound, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await process.WaitForExitAsync(both.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The last lines that it wrote, stdout and stderr together.</summary>
    public string LastWords()
    {
        lock (lastWords)
            return string.Join('\n', lastWords);
    }

    /// <summary>May be called again: the upstream is also the subject of direct measurements.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        // Asked first: a master process that is killed leaves workers that nobody waits for.
        if (!process.HasExited)
            Signals.Terminate(process.Id);
        if (!await WaitAsync(StopBound, TimeProvider.System, CancellationToken.None))
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (lastWords)
        {
            if (lastWords.Count == LastLines)
                lastWords.Dequeue();
            lastWords.Enqueue(line);
        }
    }
}
