using System.Collections.Concurrent;
using System.Diagnostics;

namespace Headgate.TestSupport;

/// <summary>A script of <c>tests/node</c>, run by Node with the packages that the launcher installs there. It ends when its standard input does.</summary>
public sealed class NodeScript : IAsyncDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    private NodeScript(Process process) => _process = process;

    /// <summary>Why scripts cannot be run here; null when they can.</summary>
    public static string? Missing
    {
        get
        {
            if (Find("node") is null)
                return "Node is not on this machine.";
            return Directory.Exists(Path.Combine(Folder, "node_modules")) ? null : "The packages of tests/node are not installed: ./headgate test does it, or npm ci there.";
        }
    }

    private static string Folder => SourceFolder.PathOf("tests/node");

    /// <summary>Starts a script.</summary>
    /// <param name="name">Its file.</param>
    /// <param name="arguments">What it is given.</param>
    public static NodeScript Start(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [name, .. arguments]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var script = new NodeScript(Process.Start(start)!);
        script._process.ErrorDataReceived += (_, line) => script._errors.Enqueue(line.Data ?? "");
        script._process.BeginErrorReadLine();
        return script;
    }

    /// <summary>The next line that it prints.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_longest);
        return await _process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException($"The script ended without a line.{await ErrorsAsync(timeout.Token)}");
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(s_longest);
        await _process.WaitForExitAsync(timeout.Token);
        _process.Dispose();
    }

    private async Task<string> ErrorsAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return $"\n{string.Join('\n', _errors)}";
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
