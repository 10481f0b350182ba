namespace Headgate.Bench.Tests;

public class BenchCommandTests
{
    [Fact]
    public void Options_ByDefault_AreAFullRun()
    {
        var options = Parse();

        Assert.Equal("side-by-side", options.ResultName);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Duration);
        Assert.Equal(3, options.Rounds);
        Assert.Equal(10_000, options.IdleConnections);
        Assert.Empty(options.ScenarioPatterns);
        Assert.Empty(options.SubjectNames);
    }

    [Fact]
    public void Options_OfAQuickRun_NeverOverwriteTheFullResult()
    {
        var options = Parse("--quick");

        Assert.Equal("partial", options.ResultName);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Duration);
        Assert.Equal(1, options.Rounds);
    }

    [Fact]
    public void Options_OfAChoice_AreRead()
    {
        var options = Parse("--scenario", "a*", "--scenario", "b", "--subjects", "haproxy, headgate", "--duration", "2.5", "--rounds", "7", "--name", "mine");

        Assert.Equal(["a*", "b"], options.ScenarioPatterns);
        Assert.Equal(["haproxy", "headgate"], options.SubjectNames);
        Assert.Equal(TimeSpan.FromSeconds(2.5), options.Duration);
        Assert.Equal(7, options.Rounds);
        Assert.Equal("mine", options.ResultName);
    }

    [Fact]
    public void Options_OfAComparison_NeverOverwriteTheFullResult()
    {
        var options = Parse("--compare", Environment.ProcessPath!);

        Assert.Equal("partial", options.ResultName);
        Assert.Equal(Environment.ProcessPath, options.ComparedProgram);
    }

    [Theory]
    [InlineData("--compare", "/nowhere/headgate")]
    [InlineData("--rounds", "0")]
    [InlineData("--duration", "-1")]
    [InlineData("--bogus", "1")]
    public void Arguments_ThatMakeNoSense_AreRefused(string option, string value) =>
        Assert.NotEmpty(BenchCommand.Build(TimeProvider.System).Parse(["--program", "headgate", option, value]).Errors);

    private static BenchOptions Parse(params string[] arguments)
    {
        var parsed = BenchCommand.Build(TimeProvider.System).Parse(["--program", "headgate", .. arguments]);
        Assert.Empty(parsed.Errors);
        return BenchCommand.Read(parsed);
    }
}
