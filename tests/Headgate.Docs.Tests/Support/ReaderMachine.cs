using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Headgate.TestSupport;

namespace Headgate.Docs.Tests.Support;

/// <summary>
/// The machine of a reader who has just cloned the repository: a folder with the launcher and the files that pages use, and ports of its own in place of the
/// well-known ones. The launcher there starts the programs that this test run built; its <c>up</c> is the real one without the build.
/// </summary>
internal sealed class ReaderMachine : IAsyncDisposable
{
    private static int s_nextPort = 20_000 + (System.Environment.ProcessId % 300 * 10);

    private readonly string _folder = Directory.CreateTempSubdirectory("headgate-docs-").FullName;
    private readonly Dictionary<string, string> _ports;

    public ReaderMachine()
    {
        int commerce = FreeRange(14);
        int[] free = FreePorts(3);
        _ports = new() { ["8080"] = Text(free[0]), ["8081"] = Text(free[1]), ["3000"] = Text(free[2]), ["9005"] = Text(commerce + 5) };
        Source = Path.Combine(_folder, "headgate");
        Directory.CreateDirectory(Source);
        WriteLauncher(commerce);
        CopyGuideFiles();
        var environment = new Dictionary<string, string>
        {
            ["HEADGATE__LISTEN"] = $"http://127.0.0.1:{free[0]}",
            ["HEADGATE__ADMIN"] = $"http://127.0.0.1:{free[1]}",
            ["PORT"] = Text(free[2]),
            ["NO_COLOR"] = "1",
            ["DOTNET_ROOT"] = Machine.DotnetRoot,
        };
        foreach ((string name, string value) in ShortLived.Environment)
            environment[name] = value;
        Environment = environment;
    }

    /// <summary>The source folder.</summary>
    public string Source { get; }

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>A shell in the source folder.</summary>
    public ShellSession OpenShell() => new(_folder, Source, Environment);

    /// <summary>What a page says with this machine's ports.</summary>
    public string ToRun(string text) => _ports.Aggregate(text, (now, port) => now.Replace($"127.0.0.1:{port.Key}", $"127.0.0.1:{port.Value}", StringComparison.Ordinal));

    /// <summary>What was printed with the ports and folders of the page.</summary>
    public string ToPage(string text) =>
        _ports.Aggregate(text, (now, port) => now.Replace($"127.0.0.1:{port.Value}", $"127.0.0.1:{port.Key}", StringComparison.Ordinal)).Replace(_folder, "…", StringComparison.Ordinal);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void WriteLauncher(int commerce)
    {
        string launcher = Path.Combine(Source, "headgate");
        File.WriteAllText(launcher, $$"""
            #!/usr/bin/env bash
            set -euo pipefail
            root='{{Repository.Root}}'
            readonly server_program='{{Repository.OutputOf("src/Headgate.Server")}}/headgate'
            readonly commerce_program='{{Repository.OutputOf("examples/commerce")}}/commerce'
            [[ "${1:-}" != commerce ]] || exec "$commerce_program" "${@:2}"
            [[ "${1:-}" == up ]] || exec "$server_program" "$@"
            shift
            require_sdk() { :; }; build_commerce() { :; }; build_server() { :; }; find_dotnet_root() { :; }; export_runtime_environment() { :; }
            source "$root/scripts/common.sh"
            source "$root/scripts/up.sh"
            launcher_up --port {{_ports["8080"]}} --admin-port {{_ports["8081"]}} --commerce-port-base {{commerce}} --data "$PWD/.headgate" "$@"
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void CopyGuideFiles()
    {
        string target = Directory.CreateDirectory(Path.Combine(Source, "docs/guides/petstore")).FullName;
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("docs/guides/petstore")))
            File.WriteAllText(Path.Combine(target, Path.GetFileName(file)), ToRun(File.ReadAllText(file)));
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
            listener.Stop();
        return ports;
    }

    // Below the range from which the system takes ports for outgoing connections, and below 26,000, from where the tests of the commerce services take theirs. None is handed out twice: the machines of several readers run at once.
    private static int FreeRange(int length)
    {
        int first;
        while ((first = Interlocked.Add(ref s_nextPort, length)) + length <= 26_000)
        {
            if (Enumerable.Range(first, length).All(IsFree))
                return first;
        }

        throw new InvalidOperationException("No range of free ports was found.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
