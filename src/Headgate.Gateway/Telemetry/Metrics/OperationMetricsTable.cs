using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// The counters of all operations, bounded in number: operations beyond the bound share one named <c>other</c>. An operation keeps its counters across reloads;
/// one that no plan has any more is dropped after <see cref="RetiredFor"/>, or at once when its place is needed. Thread-safe.
/// </summary>
internal sealed class OperationMetricsTable(int maxOperations, LatencyBuckets latency, TimeProvider time)
{
    /// <summary>How long the series of a removed operation stay, so that every scraper sees their last values.</summary>
    public static readonly TimeSpan RetiredFor = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Api, string Operation), OperationMetrics> _cells = [];

    /// <summary>Counts what the bound leaves no place for.</summary>
    public OperationMetrics Other { get; } = new("other", "other", "other", latency);

    /// <summary>Gives every operation of a plan its counters and retires those of operations that the plan does not have.</summary>
    public void Activate(GatewayPlan plan)
    {
        lock (_lock)
        {
            long now = Math.Max(1, time.GetTimestamp());
            foreach (OperationMetrics cell in _cells.Values)
                cell.RetiredAt = cell.RetiredAt == 0 ? now : cell.RetiredAt;
            foreach (OperationPlan operation in plan.Apis.SelectMany(api => api.Operations))
            {
                if (_cells.TryGetValue((operation.Api.Name, operation.Id), out OperationMetrics? kept))
                    kept.RetiredAt = 0;
            }

            // Kept ones first, so that none of them makes room for a new one.
            foreach (OperationPlan operation in plan.Apis.SelectMany(api => api.Operations))
                operation.Metrics = Find(operation);
        }
    }

    /// <summary>Gives one operation its counters: for requests that are quicker than <see cref="Activate"/>.</summary>
    public OperationMetrics Attach(OperationPlan operation)
    {
        lock (_lock)
            return operation.Metrics ??= Find(operation);
    }

    /// <summary>All counters, without those that were retired for long.</summary>
    public OperationMetrics[] Read()
    {
        lock (_lock)
        {
            foreach (((string, string) key, OperationMetrics cell) in _cells.ToArray())
            {
                if (cell.RetiredAt != 0 && time.GetElapsedTime(cell.RetiredAt) >= RetiredFor)
                    _cells.Remove(key);
            }

            return [.. _cells.Values, Other];
        }
    }

    private OperationMetrics Find(OperationPlan operation)
    {
        (string, string) key = (operation.Api.Name, operation.Id);
        if (_cells.TryGetValue(key, out OperationMetrics? cell))
            return cell;
        if (_cells.Count >= maxOperations && !MakeRoom())
            return Other;
        cell = new OperationMetrics(operation.Api.Name, operation.Id, operation.Operation.Method, latency);
        _cells.Add(key, cell);
        return cell;
    }

    private bool MakeRoom()
    {
        (string, string)? oldest = null;
        long retiredAt = long.MaxValue;
        foreach (((string, string) key, OperationMetrics cell) in _cells)
        {
            if (cell.RetiredAt != 0 && cell.RetiredAt < retiredAt)
                (oldest, retiredAt) = (key, cell.RetiredAt);
        }

        return oldest is { } found && _cells.Remove(found);
    }
}
