using System.Text.RegularExpressions;
using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>Every attack on the page of security is shown by tests that exist, and every attack that is tested end to end is on the page.</summary>
public partial class SecurityPageTests
{
    private const string Page = "docs/reference/security.md";
    private const string Attacks = "tests/Headgate.Server.Tests/Security";

    private static readonly string[] s_tables = ["Tokens and keys", "Who somebody is", "Messages", "The wire", "The instance"];

    public static TheoryData<string, string> Rows() => [.. s_tables.SelectMany(table => MarkdownPage.Read(Page).TableUnder(table)).Select(row => (row[0], row[2]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Attack_IsShown_ByTestsThatExist(string attack, string shownBy)
    {
        string[] tests = [.. CodeSpan().Matches(shownBy).Select(match => match.Groups["code"].Value)];
        Assert.True(tests.Length > 0, $"No test shows what becomes of '{attack}'.");
        Assert.All(tests, test => Assert.True(TestNames.Exists(test), $"There is no test {test}."));
    }

    [Fact]
    public void Attacks_ThatAreTestedEndToEnd_AreAllOnThePage()
    {
        string page = string.Concat(Rows().Select(row => row.Data.Item2));
        string[] tests = [.. Directory.EnumerateFiles(Repository.PathOf(Attacks), "*AttackTests.cs").SelectMany(file => TestMethod().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups["name"].Value}"))];
        Assert.True(tests.Length > 20, "The tests of attacks were not found.");
        Assert.All(tests, test => Assert.Contains($"`{test}`", page, StringComparison.Ordinal));
    }

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"public async Task (?<name>[A-Za-z0-9]+_\w+)\(")]
    private static partial Regex TestMethod();
}
