namespace Headgate.Bench.Processes;

/// <summary>Where the programs are that the benchmark runs.</summary>
internal sealed record Toolbox(string Headgate, string Haproxy, string Nginx, string Wrk, string Taskset)
{
    // Debian keeps daemons in sbin, which is not on every user's PATH.
    private static readonly string[] DaemonFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <summary>Finds every tool.</summary>
    /// <exception cref="BenchRefusedException">One is missing; the message names the packages.</exception>
    public static Toolbox Find(string headgate)
    {
        if (!File.Exists(headgate))
            throw new BenchRefusedException($"{headgate} is not there. Start the benchmark with ./headgate bench, which builds it.");
        string[] names = ["haproxy", "nginx", "wrk", "taskset"];
        var found = names.ToDictionary(name => name, Locate);
        var missing = names.Where(name => found[name] is null).ToArray();
        if (missing.Length > 0)
            throw new BenchRefusedException($"{string.Join(", ", missing)} missing. Install: sudo apt-get install haproxy nginx wrk util-linux");
        return new Toolbox(Path.GetFullPath(headgate), found["haproxy"]!, found["nginx"]!, found["wrk"]!, found["taskset"]!);
    }

    /// <summary>The path of a tool; null where it is not installed.</summary>
    public static string? Locate(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(DaemonFolders)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
