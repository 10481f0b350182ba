using System.Text.RegularExpressions;

namespace Headgate.Architecture.Tests;

/// <summary>
/// Small files, small methods, one top-level type per file. The allowed list carries reasons and may only shrink: an entry that is no
/// longer needed fails the test.
/// </summary>
public partial class SizeTests
{
    private const int MaxFileLines = 400;
    private const int UsualFileLines = 200;
    private const int MaxMethodLines = 80;

    private static readonly string[] s_folders = ["src", "examples", "bench"];

    [Fact]
    public void Files_StayUnder_TheirLimit()
    {
        Dictionary<string, int> longFiles = RepositoryFiles.CSharp(s_folders)
            .Select(file => (file, lines: RepositoryFiles.Lines(file).Length))
            .Where(entry => entry.lines > UsualFileLines)
            .ToDictionary(entry => entry.file, entry => entry.lines);

        Assert.All(longFiles, entry => Assert.True(entry.Value <= MaxFileLines, $"{entry.Key} has {entry.Value} lines; no file has more than {MaxFileLines}."));
        Assert.All(longFiles, entry => Assert.True(AllowedSizes.LongFiles.ContainsKey(entry.Key), $"{entry.Key} has {entry.Value} lines: split it by role, or give a reason in AllowedSizes."));
        Assert.All(AllowedSizes.LongFiles.Keys, file => Assert.True(longFiles.ContainsKey(file), $"{file} no longer needs its entry in AllowedSizes."));
    }

    [Fact]
    public void Methods_StayUnder_TheirLimit()
    {
        foreach (string file in RepositoryFiles.CSharp(s_folders))
        {
            foreach ((int line, int length) in MembersOf(RepositoryFiles.Lines(file)))
                Assert.True(length <= MaxMethodLines, $"{file}:{line}: the member has {length} lines; none has more than {MaxMethodLines}.");
        }
    }

    [Fact]
    public void Files_Hold_OneTopLevelType()
    {
        foreach (string file in RepositoryFiles.CSharp(s_folders))
        {
            int types = RepositoryFiles.Lines(file).Count(line => TopLevelType().IsMatch(line));
            Assert.True(types <= 1, $"{file} declares {types} top-level types.");
        }
    }

    // Members stand at one indentation inside a file-scoped namespace; a body is what lies between their braces.
    private static IEnumerable<(int Line, int Length)> MembersOf(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "    {")
                continue;
            int end = Array.IndexOf(lines, "    }", i);
            if (end > i)
                yield return (i + 1, end - i - 1);
        }
    }

    [GeneratedRegex(@"^(public|internal|file)\s+(static\s+|sealed\s+|abstract\s+|partial\s+|readonly\s+|ref\s+|unsafe\s+)*(class|record|struct|interface|enum|delegate)\b")]
    private static partial Regex TopLevelType();
}
