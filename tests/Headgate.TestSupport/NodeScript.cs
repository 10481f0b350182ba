using System.Diagnostics;

namespace Headgate.TestSupport;

/// <summary>A script of <c>tests/node</c>, run by Node with the packages that the launcher installs there. It ends when its standard input does.</summary>
public sealed class NodeScript : IAsyncDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private readonly Process _process;

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

    private static string Folder
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "Headgate.slnx")))
                folder = Path.GetDirectoryName(folder);
            return Path.Combine(folder ?? throw new InvalidOperationException("The tests do not run inside the repository."), "tests", "node");
        }
    }

    /// <summary>Starts a script.</summary>
    /// <param name="name">Its file.</param>
    /// <param name="arguments">What it is given.</param>
    public static NodeScript Start(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [name, .. arguments]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new NodeScript(process);
    }

    /// <summary>The next line that it prints.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_longest);
        return await _process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException("The script ended without a line.");
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(s_longest);
        await _process.WaitForExitAsync(timeout.Token);
        _process.Dispose();
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
