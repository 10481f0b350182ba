using Headgate.Bench.Policies;
using Headgate.Gateway.Pipeline;

namespace Headgate.Bench.Tests;

/// <summary>The rows of the policies hold what the data plane promises: in the steady state a policy puts nothing on the heap.</summary>
public class PolicyCostTests
{
    private static readonly TimeSpan Stretch = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Names => [.. PolicyRows.All.Select(row => row.Name)];

    // The steady state begins when the last method on the way is compiled for good, which no number of requests tells: hence the patience.
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Policy_InTheSteadyState_AddsNothingToTheHeap(string name)
    {
        using var folder = new TemporaryFolder();
        await using var cost = await PolicyCost.PrepareAsync(
            PolicyRows.All.Single(row => row.Name == name), folder.Path, TimeProvider.System, TestContext.Current.CancellationToken);

        var began = TimeProvider.System.GetTimestamp();
        var added = double.MaxValue;
        while (added > 0 && TimeProvider.System.GetElapsedTime(began) < Patience)
            added = cost.Measure(Stretch).AddedBytes;

        Assert.InRange(added, double.MinValue, 0);
    }

    [Fact]
    public void EveryPolicyOfThePipeline_HasARow()
    {
        var measured = PolicyRows.All.Select(row => row.Policy).ToHashSet();
        var known = typeof(GatewayPolicy).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(GatewayPolicy)));

        Assert.Equal(known.Select(type => Kebab(type.Name)).Order(), measured.Order());
    }

    [Fact]
    public async Task Row_WhoseDocumentDoesNotAskForItsPolicy_IsRefused()
    {
        using var folder = new TemporaryFolder();

        var failed = await Assert.ThrowsAsync<MeasurementFailedException>(
            () => PolicyCost.PrepareAsync(new PolicyRow("nothing", "cors"), folder.Path, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Contains("does not ask for cors", failed.Message, StringComparison.Ordinal);
    }

    private static string Kebab(string type) =>
        string.Concat(type[..^"Policy".Length].Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
