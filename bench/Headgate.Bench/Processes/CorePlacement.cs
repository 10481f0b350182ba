using System.Globalization;

namespace Headgate.Bench.Processes;

/// <summary>Which core the measured process runs on, and which one the load generator and the upstream share.</summary>
/// <param name="Subject">Core of the measured process; null lets the kernel choose.</param>
/// <param name="Load">Core of load generator and upstream; null lets the kernel choose.</param>
internal sealed record CorePlacement(int? Subject, int? Load)
{
    /// <summary>Everything wherever the kernel puts it.</summary>
    public static CorePlacement Unpinned { get; } = new(null, null);

    /// <summary>The first two cores that this process may use; unpinned where there is only one.</summary>
    public static CorePlacement Pinned()
    {
        const string field = "Cpus_allowed_list:";
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(field, StringComparison.Ordinal));
        return FromAllowedList(line[field.Length..].Trim());
    }

    /// <summary>Reads the kernel's list form, such as <c>0-3,8</c> (proc(5)).</summary>
    internal static CorePlacement FromAllowedList(string list)
    {
        var cores = list.Split(',').SelectMany(Expand).Take(2).ToArray();
        return cores.Length < 2 ? Unpinned : new CorePlacement(cores[0], cores[1]);
    }

    private static IEnumerable<int> Expand(string range)
    {
        var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
