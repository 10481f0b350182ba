using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>A stranger types what README and guides say, and sees what they show.</summary>
public class WalkthroughTests
{
    [Theory]
    [InlineData("README.md", 8, new[] { "bash", "curl" })]
    [InlineData("docs/guides/secure-an-api.md", 14, new[] { "bash", "curl", "node" })]
    [InlineData("docs/guides/sign-in-with-openid-connect.md", 7, new[] { "bash", "curl" })]
    [InlineData("docs/guides/in-front-of-your-service.md", 12, new[] { "bash", "curl", "node" })]
    [InlineData("docs/guides/limit-callers.md", 8, new[] { "bash", "curl", "node" })]
    [InlineData("docs/guides/resilience.md", 9, new[] { "bash", "curl", "node" })]
    [InlineData("docs/guides/caching.md", 9, new[] { "bash", "curl", "node" })]
    public async Task Walkthrough_TypedAsWritten_PrintsWhatThePageShows(string path, int fewestOutputs, string[] tools)
    {
        foreach (string tool in tools)
            Assert.SkipUnless(Machine.Has(tool), $"{tool} is not on this machine.");
        await using var machine = new ReaderMachine();
        await using ShellSession shell = machine.OpenShell();

        int compared = await new Walkthrough(MarkdownPage.Read(path), shell, machine.ToRun, machine.ToPage).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(compared >= fewestOutputs, $"{path} shows {compared} outputs only.");
    }
}
