using Headgate.Gateway.Background;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Idempotency;

/// <summary>Idempotency keys of all documents: which are claimed, and what was answered. Lives longer than a plan. Thread-safe.</summary>
public sealed class IdempotencyKeys
{
    /// <summary>How often keys are forgotten whose time is over.</summary>
    public static readonly TimeSpan SweptEvery = TimeSpan.FromMinutes(1);

    private readonly IdempotencyTable? _table;

    /// <param name="store">Where keys are kept, opened before its first use; null where documents are only looked at.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failures are told.</param>
    public IdempotencyKeys(Store? store, TimeProvider time, ILogger<IdempotencyKeys> logger)
    {
        (Time, Logger) = (time, logger);
        _table = store is null ? null : new IdempotencyTable(store, time);
        Recent = new RecentAnswers(RecentAnswers.DefaultMostBytes, time);
    }

    /// <summary>The tables.</summary>
    public static MigrationSet Migrations => IdempotencyTable.Migrations;

    internal IdempotencyTable Table => _table ?? throw new InvalidOperationException("Without a store no request is served.");

    /// <summary>What came of requests with keys in this process, and how old the oldest is that is under way.</summary>
    public IdempotencyReadings Readings => new(Running.Count, Running.OldestAt(Time.GetUtcNow()), Counters.Read());

    internal RecentAnswers Recent { get; }

    internal RunningClaims Running { get; } = new();

    internal IdempotencyCounters Counters { get; } = new();

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    /// <summary>Who compiles what documents say of keys.</summary>
    public PolicyCompiler CreateCompiler() => new IdempotencyCompiler(this);

    /// <summary>Forgets keys whose time is over, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Rounds.RunAsync(SweptEvery, Time, atOnce: false, SweepAsync, cancellationToken);

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Table.SweepAsync(cancellationToken);
        }
        catch (StoreException failed)
        {
            IdempotencyLog.NotSwept(Logger, failed.Message);
        }
    }
}
