namespace Headgate.OpenApi.Tests.Conformance;

/// <summary>Finds the shared conformance data, which lies beside the repository.</summary>
internal static class ConformanceFiles
{
    public static string Directory { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Directory, relative);

    public static IEnumerable<string> List(string folder, params string[] extensions) =>
        System.IO.Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(Path.GetExtension(file)))
            .Select(file => Path.GetRelativePath(Directory, file))
            .Order(StringComparer.Ordinal);

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            foreach (string candidate in (string[])["../shared/conformance/openapi", "../../shared/conformance/openapi"])
            {
                string path = Path.GetFullPath(Path.Combine(at.FullName, candidate));
                if (File.Exists(Path.Combine(at.FullName, "Headgate.slnx")) && System.IO.Directory.Exists(path))
                    return path;
            }
        }

        throw new DirectoryNotFoundException("The conformance data is expected in ../shared/conformance beside the repository.");
    }
}
