using System.Collections.Concurrent;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Integration.Operations;

/// <summary>What became of the operations of this process, since it started. Thread-safe.</summary>
internal sealed class OperationCounts
{
    private readonly ConcurrentDictionary<(string Kind, string Outcome), long> _ends = new();
    private long _takenOver;
    private long _failures;

    public void Ended(OperationRecord record) =>
        _ends.AddOrUpdate((record.Kind, record.Attention is null ? record.Kept.ToName() : "needs_attention"), 1, (_, count) => count + 1);

    public void TakenOver(int count) => Interlocked.Add(ref _takenOver, count);

    public void Failed() => Interlocked.Increment(ref _failures);

    public IReadOnlyList<LongWorkOutcome> Outcomes => [.. _ends.Select(end => new LongWorkOutcome(end.Key.Kind, end.Key.Outcome, end.Value))];

    public long AllTakenOver => Interlocked.Read(ref _takenOver);

    public long AllFailures => Interlocked.Read(ref _failures);
}
