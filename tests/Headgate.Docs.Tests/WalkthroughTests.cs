using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>A stranger types what README and guides say, and sees what they show.</summary>
public class WalkthroughTests
{
    [Theory]
    [InlineData("README.md", 8, new[] { "bash", "curl" })]
    [InlineData("docs/guides/in-front-of-your-service.md", 12, new[] { "bash", "curl", "node" })]
    public async Task Walkthrough_TypedAsWritten_PrintsWhatThePageShows(string path, int fewestOutputs, string[] tools)
    {
        foreach (string tool in tools)
            Assert.SkipUnless(Machine.Has(tool), $"{tool} is not on this machine.");
        await using var machine = new ReaderMachine();
        await using ShellSession shell = machine.OpenShell();

        int compared = await new Walkthrough(MarkdownPage.Read(path), shell, machine.ToRun, machine.ToPage).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(compared >= fewestOutputs, $"{path} shows {compared} outputs only.");
    }

    [Fact]
    public async Task Walkthrough_ThatShowsSomethingElse_Fails()
    {
        await using var machine = new ReaderMachine();
        await using ShellSession shell = machine.OpenShell();

        Assert.Contains("1 id 01a1f8d3-2006-796d-8b9d-356068f1716a", await shell.RunAsync("echo 1 id 01a1f8d3-2006-796d-8b9d-356068f1716a", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(ExpectedOutput.Matches(["1 … 00000000-2006-796d-8b9d-356068f1716a"], "1 id 01a1f8d3-2006-796d-8b9d-356068f1716a\n"));
        Assert.True(ExpectedOutput.Matches(["first", "…", "last"], "first\na\nb\nlast"));
        Assert.False(ExpectedOutput.Matches(["first", "last"], "first\nelse\nlast"));
        Assert.False(ExpectedOutput.Matches(["status 404"], "status 405"));
    }
}
