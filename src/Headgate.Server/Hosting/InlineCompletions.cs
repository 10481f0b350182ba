using System.Runtime.InteropServices;

namespace Headgate.Server.Hosting;

/// <summary>
/// Whether socket completions run on the event threads is decided by the environment in which the process begins. A process that began without that
/// (started by hand instead of through the launcher or the image) replaces itself by itself: same process id, same arguments.
/// </summary>
internal static class InlineCompletions
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string On = "1";
    private const string Off = "0";

    /// <summary>
    /// Makes sure that the process runs as the setting wants it. Returns when it does, or where the system cannot replace a process (then requests are
    /// served all the same, at a higher price). Must be called before there is anything to lose.
    /// </summary>
    public static void Ensure(bool inline)
    {
        string? now = Environment.GetEnvironmentVariable(Variable);
        bool fits = inline ? now is not null : now is null or Off;
        if (fits || !OperatingSystem.IsLinux())
            return;
        Environment.SetEnvironmentVariable(Variable, inline ? On : Off);
        Replace();
    }

    // execve takes the environment explicitly: what .NET sets in its own copy never reaches the C library's.
    private static void Replace()
    {
        string[] arguments = File.ReadAllText("/proc/self/cmdline")[..^1].Split('\0');
        var environment = new List<string?>();
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment.Add($"{entry.Key}={entry.Value}");
        _ = Execute("/proc/self/exe", [.. arguments, null], [.. environment, null]);
    }

    // Returns only when it fails. LPStr is UTF-8 on the systems on which this runs.
    [DllImport("libc", EntryPoint = "execve", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] arguments,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] environment);
}
