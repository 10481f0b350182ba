using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Headgate.TestSupport;

/// <summary>
/// A PostgreSQL server of the tests' own, on 127.0.0.1, in a temporary folder, gone with them. It refuses to run as root: there it runs as the user that
/// Debian's package makes.
/// </summary>
public sealed class PostgreSqlCluster : IAsyncDisposable
{
    /// <summary>The one user that would need a password; it is to be made first.</summary>
    public const string GuardedUser = "guarded";

    private const string ServerUser = "postgres";
    private const string Install = "apt-get install --no-install-recommends postgresql";

    private readonly string _programs;
    private readonly string _folder;
    private int _databases;

    private PostgreSqlCluster(string programs, string folder, int port) => (_programs, _folder, Port) = (programs, folder, port);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The folder of its programs, or null: Debian has one for each version, and none on the search path.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>What to say where there are none.</summary>
    public static string Missing => $"PostgreSQL is missing, the store is not tested on it. Install it: {Install}";

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="durable">Whether the server waits for the disk; most tests need not.</param>
    public static async Task<PostgreSqlCluster> StartAsync(bool durable = false)
    {
        string programs = Programs ?? throw new InvalidOperationException(Missing);
        string folder = Directory.CreateTempSubdirectory("headgate-postgres-").FullName;
        var cluster = new PostgreSqlCluster(programs, folder, FreePort());
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", [ServerUser, folder], "/");
        await cluster.RunAsServerAsync("initdb", "-D", cluster.Data, "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await File.AppendAllTextAsync(Path.Combine(cluster.Data, "postgresql.conf"), $"fsync = {(durable ? "on" : "off")}\nmax_connections = 200\n");
        string access = Path.Combine(cluster.Data, "pg_hba.conf");
        await File.WriteAllTextAsync(access, $"host all {GuardedUser} 127.0.0.1/32 scram-sha-256\n{await File.ReadAllTextAsync(access)}");
        await cluster.ResumeAsync();
        return cluster;
    }

    /// <summary>Makes an empty database and gives its URL.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await RunAsServerAsync("createdb", "-h", "127.0.0.1", "-p", Text(Port), "-U", "app", "-T", "template0", name);
        return $"postgres://app@127.0.0.1:{Port}/{name}";
    }

    /// <summary>Runs statements on the server's own database, each by itself, in one session.</summary>
    public Task ExecuteAsync(params string[] statements) =>
        RunAsServerAsync("psql", ["-h", "127.0.0.1", "-p", Text(Port), "-U", "app", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-q", .. statements.SelectMany(sql => new[] { "-c", sql })]);

    /// <summary>Runs a statement on one of its databases.</summary>
    /// <param name="url">Its URL.</param>
    /// <param name="statement">The statement.</param>
    public Task ExecuteInAsync(string url, string statement) => RunAsServerAsync("psql", url, "-v", "ON_ERROR_STOP=1", "-q", "-c", statement);

    /// <summary>Stops the server; its data stays.</summary>
    public Task PauseAsync() => RunAsServerAsync("pg_ctl", "-D", Data, "-w", "-m", "fast", "stop");

    /// <summary>Starts the server again, on the same port.</summary>
    public Task ResumeAsync() => RunAsServerAsync("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-c listen_addresses=127.0.0.1 -p {Port} -c unix_socket_directories=", "start");

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await RunAsServerAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private Task RunAsServerAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", ServerUser, "--", path, .. arguments], _folder)
            : RunAsync(path, arguments, _folder);
    }

    private static async Task RunAsync(string program, string[] arguments, string folder)
    {
        // The server inherits what it is given: a pipe would stay open as long as it runs.
        string output = Path.GetTempFileName();
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, program, .. arguments]) { WorkingDirectory = folder })!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await File.ReadAllTextAsync(output)}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
