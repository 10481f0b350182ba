using System.Text.Json;
using Headgate.Bench.Documents;
using Headgate.Bench.Scenarios;

namespace Headgate.Bench.Tests;

public class ScenarioCatalogTests
{
    [Fact]
    public void Names_AreUnique() =>
        Assert.Equal(ScenarioCatalog.All.Count, ScenarioCatalog.All.Select(scenario => scenario.Name).Distinct().Count());

    [Theory]
    [InlineData("forward-64-100b", 1)]
    [InlineData("forward-64-*", 4)]
    [InlineData("*-16k", 4)]
    [InlineData("*512*", 4)]
    public void Choice_ByPattern_TakesTheMatches(string pattern, int expected) =>
        Assert.Equal(expected, ScenarioCatalog.Choose([pattern]).Count);

    [Fact]
    public void Choice_OfAnUnknownName_IsRefusedWithAdvice()
    {
        var refused = Assert.Throws<BenchRefusedException>(() => { _ = ScenarioCatalog.Choose(["forward-64-*", "nonsense"]); });

        Assert.Contains("'nonsense'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--list", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public void GrowingDocument_HasThatManyOperationsBesideItsProbe(int operations)
    {
        var text = GrowingDocument.Write(operations);

        using var document = JsonDocument.Parse(text);
        Assert.Equal(operations + 1, document.RootElement.GetProperty("paths").EnumerateObject().Count());
    }

    [Fact]
    public void GrowingDocument_OfTenThousandOperations_HasTheSizeOfTheBudget() =>
        Assert.InRange(GrowingDocument.Write(10_000).Length, 7_500_000, 9_000_000);
}
