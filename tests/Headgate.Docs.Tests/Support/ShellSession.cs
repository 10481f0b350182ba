using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Headgate.Docs.Tests.Support;

/// <summary>A shell into which blocks are typed one after the other, and further terminals that it opens. Ends everything that it started.</summary>
internal sealed class ShellSession : IAsyncDisposable
{
    private const string EndMark = "--end of block--";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly Process _shell;
    private readonly Dictionary<string, string> _terminals = [];
    private int _blocks;

    /// <param name="folder">A folder of the session's own, for scripts and the output of terminals.</param>
    /// <param name="workingDirectory">Where the shell starts.</param>
    /// <param name="environment">What it finds in its environment.</param>
    public ShellSession(string folder, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        _folder = folder;
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc"])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("HEADGATE", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _shell = Process.Start(start)!;

        // Each terminal gets a process group of its own, so that it can be stopped whole.
        _shell.StandardInput.Write("exec 2>&1; set -m\n");
    }

    /// <summary>Runs a block to its end and gives what it printed.</summary>
    public async Task<string> RunAsync(string script, CancellationToken cancellationToken)
    {
        string file = Path.Combine(_folder, $"block-{++_blocks}.sh");
        await File.WriteAllTextAsync(file, script, cancellationToken);
        await _shell.StandardInput.WriteAsync($". '{file}' </dev/null; printf '\\n{EndMark}\\n'\n");
        await _shell.StandardInput.FlushAsync(cancellationToken);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        var output = new StringBuilder();
        while (await _shell.StandardOutput.ReadLineAsync(patience.Token) is { } line && line != EndMark)
            output.Append(line).Append('\n');
        return output.ToString();
    }

    /// <summary>Runs a block that does not end in a terminal of its own; what ran there before is stopped as by Ctrl-C.</summary>
    public async Task OpenTerminalAsync(string name, string script, CancellationToken cancellationToken)
    {
        await CloseTerminalAsync(name, cancellationToken);
        string file = Path.Combine(_folder, $"terminal-{++_blocks}.sh");
        await File.WriteAllTextAsync(file, script, cancellationToken);
        await File.WriteAllTextAsync(file + ".out", "", cancellationToken);
        string pid = await RunAsync($"bash '{file}' </dev/null >'{file}.out' 2>&1 & echo $!", cancellationToken);
        _terminals[name] = string.Create(CultureInfo.InvariantCulture, $"{int.Parse(pid, CultureInfo.InvariantCulture)} {file}.out");
    }

    /// <summary>What a terminal shows by now.</summary>
    public string ScreenOf(string name) => File.ReadAllText(_terminals[name].Split(' ', 2)[1]);

    public async ValueTask DisposeAsync()
    {
        foreach (string name in _terminals.Keys.ToList())
            await CloseTerminalAsync(name, CancellationToken.None);
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync(CancellationToken.None);
        _shell.Dispose();
    }

    private async Task CloseTerminalAsync(string name, CancellationToken cancellationToken)
    {
        if (_terminals.Remove(name, out string? terminal))
            await RunAsync($"kill -TERM -- -{terminal.Split(' ', 2)[0]}; wait {terminal.Split(' ', 2)[0]}", cancellationToken);
    }
}
