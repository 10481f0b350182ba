using Headgate.Bench.Measurements;

namespace Headgate.Bench.Scenarios;

/// <summary>One table of the report. Each starts what it needs and stops it again.</summary>
internal abstract class Scenario(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>Measures and returns the table; a subject that failed is a row with its reason.</summary>
    public abstract Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation);
}
