namespace Headgate.Docs.Tests.Support;

/// <summary>The tests of the repository by the names under which pages speak of them.</summary>
internal static class TestNames
{
    /// <summary>Whether there is a test: a function of a script of the launcher, or CLASS.METHOD.</summary>
    public static bool Exists(string test)
    {
        string[] parts = test.Split('.');
        if (parts.Length == 1)
            return Directory.EnumerateFiles(Repository.PathOf("scripts/tests"), "*.sh").Any(file => File.ReadLines(file).Contains($"{test}() {{"));
        return Repository.TestSources().Any(file => Path.GetFileNameWithoutExtension(file) == parts[0]
            && File.ReadAllText(Repository.PathOf(file)).Contains($" {parts[1]}(", StringComparison.Ordinal));
    }
}
