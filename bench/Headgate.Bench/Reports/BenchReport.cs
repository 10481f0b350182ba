using Headgate.Bench.Measurements;

namespace Headgate.Bench.Reports;

/// <summary>Everything that one run found.</summary>
internal sealed record BenchReport(MachineDescription Machine, TimeSpan Duration, int Rounds, IReadOnlyList<ScenarioResult> Scenarios);
