using System.Reflection;
using System.Runtime.InteropServices;

namespace Headgate.Server.Reporting;

/// <summary>What this program is.</summary>
internal sealed record VersionReport(string Version, string Runtime, string Platform)
{
    /// <summary>Of this build on this machine.</summary>
    public static VersionReport Current { get; } = new(VersionOf(typeof(VersionReport).Assembly), RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier);

    // The informational version may carry a source revision after a plus sign: of no use to a reader.
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
