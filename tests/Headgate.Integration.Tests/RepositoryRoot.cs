using System.Runtime.CompilerServices;

namespace Headgate.Integration.Tests;

/// <summary>Finds the files of the repository from the place of this source file.</summary>
internal static class RepositoryRoot
{
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.GetFullPath(Path.Combine([Here(), "..", "..", "..", .. parts]));

    private static string Here([CallerFilePath] string file = "") => file;
}
