using System.Runtime.InteropServices;

namespace Headgate.Docs.Tests.Support;

/// <summary>What the machine has that runs the tests.</summary>
internal static class Machine
{
    /// <summary>Where the .NET lies that runs this test: programs that it starts look in the default places only.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Whether a command is on the search path.</summary>
    public static bool Has(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, command)));
}
