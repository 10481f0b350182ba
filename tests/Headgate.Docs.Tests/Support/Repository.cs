using System.Runtime.CompilerServices;

namespace Headgate.Docs.Tests.Support;

/// <summary>The repository's files as the documentation sees them.</summary>
internal static class Repository
{
    private static readonly string[] s_notWritten = ["bin", "obj", "artifacts", "publish", "node_modules", ".git", ".headgate", "testassets", "results"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", ".."));

    /// <summary>The pages that tell a person what to type.</summary>
    public static IReadOnlyList<string> Walkthroughs { get; } =
        ["README.md", .. Directory.EnumerateFiles(PathOf("docs/guides"), "*.md").Select(Relative).Order(StringComparer.Ordinal)];

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Every Markdown file that somebody wrote, relative to the root.</summary>
    public static IEnumerable<string> MarkdownFiles() => FilesBelow(Root, "*.md");

    /// <summary>Every C# file of the tests.</summary>
    public static IEnumerable<string> TestSources() => FilesBelow(PathOf("tests"), "*.cs");

    /// <summary>The folder of a project's build output, in the configuration of this test run.</summary>
    public static string OutputOf(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name);
    }

    private static IEnumerable<string> FilesBelow(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern)
            .Concat(Directory.EnumerateDirectories(folder).Where(below => !s_notWritten.Contains(Path.GetFileName(below))).SelectMany(below => FilesBelow(below, pattern).Select(PathOf)))
            .Select(Relative)
            .Order(StringComparer.Ordinal);

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
