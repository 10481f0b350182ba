namespace Headgate.OpenApi.Tests.Conformance;

/// <summary>Finds the shared conformance data, which lies beside the repository.</summary>
internal static class ConformanceFiles
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string Directory { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Directory, relative);

    public static IEnumerable<string> List(string folder, params string[] extensions) =>
        System.IO.Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(Path.GetExtension(file)))
            .Select(file => Path.GetRelativePath(Directory, file))
            .Order(StringComparer.Ordinal);

    // The repository may be checked out one folder deeper.
    private static string Find() =>
        ((string[])["../shared/conformance/openapi", "../../shared/conformance/openapi"])
            .Select(candidate => Path.GetFullPath(Path.Combine(RepositoryRoot, candidate)))
            .FirstOrDefault(System.IO.Directory.Exists)
        ?? throw new DirectoryNotFoundException("The conformance data is expected in ../shared/conformance beside the repository.");

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Headgate.slnx")))
            at = at.Parent;
        return at?.FullName ?? throw new DirectoryNotFoundException("The tests run inside the repository.");
    }
}
