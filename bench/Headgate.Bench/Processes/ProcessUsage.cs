using System.Globalization;

namespace Headgate.Bench.Processes;

/// <summary>What a process and its descendants used so far, as the kernel counts it.</summary>
/// <param name="Cpu">User and system time together.</param>
/// <param name="ResidentBytes">Memory in RAM; pages shared between the processes count in each.</param>
internal readonly record struct ProcessUsage(TimeSpan Cpu, long ResidentBytes)
{
    // USER_HZ is 100 on every Linux that .NET runs on (time(7)); it is part of the kernel's interface.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    // Fields of /proc/PID/stat after the command's name, counted from 0 (proc_pid_stat(5) counts from 1, and from the pid).
    private const int ParentField = 1;
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;
    private const int ResidentPagesField = 21;

    /// <summary>Reads the usage of a process tree now.</summary>
    public static ProcessUsage OfTree(int rootId)
    {
        var stats = ReadAll();
        var family = Family(rootId, stats);
        return family.Where(stats.ContainsKey).Select(id => Parse(stats[id])).Aggregate(Add);
    }

    /// <summary>The fields after the command's name, which stands in parentheses and may itself hold spaces and parentheses.</summary>
    internal static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 2)..].TrimEnd().Split(' ');

    internal static ProcessUsage Parse(string[] fields) => new(
        Tick * (Number(fields[UserTimeField]) + Number(fields[SystemTimeField])),
        Number(fields[ResidentPagesField]) * Environment.SystemPageSize);

    private static HashSet<int> Family(int rootId, Dictionary<int, string[]> stats)
    {
        var family = new HashSet<int> { rootId };
        var grew = true;
        // Children may stand before their parents in the listing, so repeat until nothing is added.
        while (grew)
        {
            grew = false;
            foreach (var (id, fields) in stats)
                grew |= family.Contains(Parent(fields)) && family.Add(id);
        }
        return family;
    }

    private static Dictionary<int, string[]> ReadAll()
    {
        var stats = new Dictionary<int, string[]>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && TryRead(folder) is { } text)
                stats[id] = Fields(text);
        }
        return stats;
    }

    private static string? TryRead(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "stat"));
        }
        catch (IOException)
        {
            return null; // The process ended between the listing and the reading.
        }
    }

    private static int Parent(string[] fields) => (int)Number(fields[ParentField]);

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);

    private static ProcessUsage Add(ProcessUsage left, ProcessUsage right) =>
        new(left.Cpu + right.Cpu, left.ResidentBytes + right.ResidentBytes);
}
