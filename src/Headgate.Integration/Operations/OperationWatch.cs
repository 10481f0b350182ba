using Headgate.Gateway.Background;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Storage;

namespace Headgate.Integration.Operations;

/// <summary>Looks at the operations now and then, so that whoever reads metrics or health waits for no store. Thread-safe.</summary>
public sealed class OperationWatch
{
    /// <summary>How old what is read is at most, while the store can be read.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>How long after its deadline an operation that has not ended counts as stuck; and one that waits for an instance, after it changed last.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(2);

    private readonly Store _store;
    private readonly OperationRegistry _operations;
    private readonly TimeProvider _time;
    private LongWorkReadings? _last;

    internal OperationWatch(Store store, OperationRegistry operations, TimeProvider time) => (_store, _operations, _time) = (store, operations, time);

    /// <summary>What was read last; null before the first time, and while the store cannot be read.</summary>
    public LongWorkReadings? Last => Volatile.Read(ref _last) is { } last ? last with
    {
        Running = _operations.Running,
        Outcomes = _operations.Counts.Outcomes,
        TakenOver = _operations.Counts.AllTakenOver,
        Failures = _operations.Counts.AllFailures,
        AttentionRatio = _operations.Attention.Ratio,
        BeginNoMore = _operations.Attention.Full,
    } : null;

    /// <summary>Looks until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Rounds.RunAsync(LookEvery, _time, atOnce: true, TryLookAsync, cancellationToken);

    /// <summary>Looks now.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        (LongWorkReadings readings, IReadOnlyList<KeyValuePair<string, long>> attention) = await _store.ReadAsync(session => ReadAsync(session, now), cancellationToken).ConfigureAwait(false);
        _operations.Attention.Counted(attention);
        Volatile.Write(ref _last, readings);
    }

    private static async ValueTask<(LongWorkReadings Readings, IReadOnlyList<KeyValuePair<string, long>> Attention)> ReadAsync(StoreSession session, DateTimeOffset now)
    {
        LongWorkReadings underWay = (await session.FindAsync(
            """
            SELECT CAST(COUNT(*) AS BIGINT), COALESCE(MIN(created), $1), CAST(COUNT(CASE WHEN deadline < $2 OR (state = 'pending' AND updated < $2) THEN 1 END) AS BIGINT)
            FROM headgate_operations WHERE ended IS NULL
            """,
            row => new LongWorkReadings { UnderWay = row.GetInt64(0), OldestAge = now - row.GetTime(1), Stuck = row.GetInt64(2) },
            now, now - StuckAfter).ConfigureAwait(false))!;
        IReadOnlyList<KeyValuePair<string, long>> attention = await session.ListAsync(
            "SELECT api, CAST(COUNT(*) AS BIGINT) FROM headgate_operations WHERE attention IS NOT NULL GROUP BY api", row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1))).ConfigureAwait(false);
        return (underWay with { NeedAttention = attention.Sum(api => api.Value) }, attention);
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The store's own log says why. What was known is too old to be shown.
            Volatile.Write(ref _last, null);
        }
    }
}
