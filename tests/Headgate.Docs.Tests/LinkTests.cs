using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>A link leads somewhere: to a file that is there, and to a heading that it has.</summary>
public class LinkTests
{
    public static TheoryData<string> Pages() => [.. Repository.MarkdownFiles()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfPage_LeadSomewhere(string path)
    {
        MarkdownPage page = MarkdownPage.Read(path);
        foreach ((int line, string target) in page.Links.Where(link => !link.Target.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = target.Split('#', 2);
            string file = parts[0].Length == 0 ? path : Repository.Relative(Path.GetFullPath(Path.Combine(Repository.PathOf(path), "..", parts[0])));
            Assert.True(File.Exists(Repository.PathOf(file)) || Directory.Exists(Repository.PathOf(file)), $"{path}:{line}: {target} leads nowhere.");
            if (parts.Length == 2)
                Assert.True(MarkdownPage.Read(file).Anchors.Contains(parts[1]), $"{path}:{line}: {file} has no heading '{parts[1]}'.");
        }
    }

    [Theory]
    [InlineData("docs/README.md")]
    [InlineData("docs/guides/life-of-a-request.md")]
    [InlineData("docs/guides/in-front-of-your-service.md")]
    [InlineData("docs/reference/enforced.md")]
    [InlineData("docs/adr/README.md")]
    [InlineData("CHANGELOG.md")]
    public void Readme_Links_ToPage(string target) =>
        Assert.Contains(MarkdownPage.Read("README.md").Links, link => link.Target == target);

    [Theory]
    [InlineData("docs/guides")]
    [InlineData("docs/reference")]
    public void Index_Links_ToEveryPage(string folder)
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(Repository.PathOf(folder), "*.md").Select(Repository.Relative);
        Assert.Empty(pages.Except(MarkdownPage.Read("docs/README.md").Links.Select(link => $"docs/{link.Target}")));
    }
}
