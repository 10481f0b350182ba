using System.Runtime.InteropServices;

namespace Headgate.Bench.Processes;

/// <summary>POSIX signals that .NET has no call for.</summary>
internal static partial class Signals
{
    private const int SigTerm = 15;

    /// <summary>Asks a process to end; nothing happens when it already has.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, SigTerm);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
