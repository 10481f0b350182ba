using System.Runtime.InteropServices;

namespace Headgate.Server.Hosting;

/// <summary>
/// What the runtime reads from the environment in which the process begins: whether socket completions run on the event threads, and whether code that runs long is optimised by what
/// it was seen doing, which costs commands that run for a second a third of their time. A process that began without them (started by hand instead of through the launcher or the
/// image) replaces itself by itself: same process id, same arguments.
/// </summary>
internal static class RuntimeSwitches
{
    private const string Completions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string ProfileGuided = "DOTNET_TieredPGO";
    private const string On = "1";
    private const string Off = "0";

    /// <summary>
    /// Makes sure that the process runs as one that serves should. Returns when it does, or where the system cannot replace a process (then requests are
    /// served all the same, at a higher price). Must be called before there is anything to lose.
    /// </summary>
    /// <param name="inline">Whether completions run on the event threads. What was set by hand is left alone.</param>
    public static void Ensure(bool inline)
    {
        string? completions = Environment.GetEnvironmentVariable(Completions);
        bool completionsFit = inline ? completions is not null : completions is null or Off;
        bool isProfileGuided = Environment.GetEnvironmentVariable(ProfileGuided) is not null;
        if ((completionsFit && isProfileGuided) || !OperatingSystem.IsLinux())
            return;
        if (!completionsFit)
            Environment.SetEnvironmentVariable(Completions, inline ? On : Off);
        if (!isProfileGuided)
            Environment.SetEnvironmentVariable(ProfileGuided, On);
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
