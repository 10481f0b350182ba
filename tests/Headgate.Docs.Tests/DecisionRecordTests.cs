using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>A decision record is complete, found through the index, and held by tests that exist.</summary>
public class DecisionRecordTests
{
    private static readonly string[] s_sections = ["Context", "Options", "Decision", "Consequences", "Enforced by"];

    public static TheoryData<string> Records() => [.. Directory.EnumerateFiles(Repository.PathOf("docs/adr"), "0*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_Has_AllSections(string name)
    {
        IEnumerable<string> headings = MarkdownPage.Read($"docs/adr/{name}").Prose.Where(line => line.Text.StartsWith("## ", StringComparison.Ordinal)).Select(line => line.Text[3..]);
        Assert.Equal(s_sections, headings);
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_Is_InTheIndex(string name) => Assert.Contains(MarkdownPage.Read("docs/adr/README.md").Links, link => link.Target == name);

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_Names_TestsThatExist(string name)
    {
        MarkdownPage page = MarkdownPage.Read($"docs/adr/{name}");
        int section = page.Prose.First(line => line.Text == "## Enforced by").Number;
        string[] tests = [.. page.Code.Where(code => code.Line > section && code.Code.Contains('_', StringComparison.Ordinal)).Select(code => code.Code)];

        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.True(TestNames.Exists(test), $"There is no test {test}."));
    }
}
