using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>Tables of results in pages are those that were measured last.</summary>
public class BenchResultTests
{
    [Theory]
    [InlineData("docs/guides/checkout.md", "bench/results/commerce.md")]
    public void Results_OnAPage_AreThoseOfTheBenchmark(string page, string results)
    {
        string[] measured = [.. File.ReadAllLines(Repository.PathOf(results)).Where(line => line.StartsWith('|'))];

        Assert.NotEmpty(measured);
        Assert.Contains(string.Join('\n', measured), File.ReadAllText(Repository.PathOf(page)), StringComparison.Ordinal);
    }
}
