using Headgate.Gateway.Background;
using Headgate.Gateway.Calls;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas.Definitions;
using Headgate.Integration.Sagas.Progress;
using Headgate.Integration.Sagas.State;
using Headgate.OpenApi.Reading;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Sagas;

/// <summary>All sagas of a store: begun by requests, carried out as operations. Lives longer than a plan. Thread-safe.</summary>
public sealed class SagaRegistry
{
    /// <summary>The kind of operations that sagas are.</summary>
    public const string Kind = SagaKind.KindName;

    private static readonly TimeSpan s_askedEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_sweptEvery = TimeSpan.FromMinutes(10);

    private readonly OperationRegistry? _operations;
    private readonly SagaDefinitionTable? _table;
    private readonly SagaKeyTable? _keys;
    private readonly SagaDefinitions? _definitions;
    private readonly SagaKind? _kind;

    /// <param name="store">Where sagas are kept, opened before the first; null where documents are only looked at.</param>
    /// <param name="operations">The operations of the same store, to which sagas are added as a kind; null with the store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where they are told of.</param>
    public SagaRegistry(Store? store, OperationRegistry? operations, TimeProvider time, ILogger<SagaRegistry> logger)
    {
        (_operations, Time, Logger) = (operations, time, logger);
        Meter = new SagaMeter();
        if (store is null || operations is null)
            return;
        _table = new SagaDefinitionTable(store, time);
        _keys = new SagaKeyTable(store, time);
        _definitions = new SagaDefinitions(_table);
        _kind = new SagaKind(new SagaServices(_definitions, new SagaAnswers(logger), Meter, time, logger));
        operations.Add(_kind);
    }

    /// <summary>The tables. Those of operations have to be there.</summary>
    public static MigrationSet Migrations => SagaMigrations.All;

    /// <summary>Counts them.</summary>
    public SagaMeter Meter { get; }

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    internal OperationRegistry Operations => _operations ?? throw new InvalidOperationException("Without a store no request is served.");

    /// <summary>Who compiles what documents say of sagas.</summary>
    public HandlerCompiler CreateCompiler() => new SagaHandlerCompiler(this);

    /// <summary>Says what is in force, and how a definition that no longer is can be compiled. Before the first saga begins, and before operations are picked up.</summary>
    /// <param name="plans">What is in force.</param>
    /// <param name="loader">Reads kept definitions.</param>
    /// <param name="compiler">Compiles them, without regard to who may call; used for nothing else.</param>
    public void Attach(PlanHolder plans, DocumentLoader loader, PlanCompiler compiler) => _definitions?.Attach(plans, loader, compiler);

    /// <summary>Begins a saga, unless an earlier request with the same key did.</summary>
    /// <exception cref="StoreException">The store could not do it.</exception>
    internal async Task<SagaStart> StartAsync(SagaPlan plan, GatewayContext context, ReadOnlyMemory<byte> body, string? key, CancellationToken cancellationToken)
    {
        KeyedRequest? request = key is null ? null : KeyedRequest.Of(plan.Idempotency!, context, key, body.Span);
        if (!_kind!.HasRoom)
            return await FindKnownAsync(request, cancellationToken) ?? SagaStart.Refused(OperationRefusal.Busy);
        await _table!.KeepAsync(plan.Definition, cancellationToken);
        NewOperation operation = Describe(plan, context, body);
        OperationClaim? claim = request is { } keyed ? id => _keys!.ClaimOf(keyed, id, plan.Idempotency!.Settings.Ttl) : null;
        while (true)
        {
            OperationStart start = await Operations.StartAsync(operation, claim, cancellationToken);
            if (start.Run is { } run)
                return new SagaStart { Run = run };

            // What came before is answered, whether or not another could begin.
            if (await FindKnownAsync(request, cancellationToken) is { } known)
                return known;

            // Claimed and yet nobody's: its time has just come to an end, and the key is free again.
            if (start.Refusal != OperationRefusal.Claimed)
                return SagaStart.Refused(start.Refusal);
        }
    }

    private async Task<SagaStart?> FindKnownAsync(KeyedRequest? request, CancellationToken cancellationToken) =>
        request is { } keyed && await _keys!.FindAsync(keyed, cancellationToken) is { } known ? await JoinAsync(keyed, known, cancellationToken) : null;

    private async Task<SagaStart> JoinAsync(KeyedRequest request, (string Id, RequestHash Fingerprint) known, CancellationToken cancellationToken)
    {
        if (known.Fingerprint != request.Fingerprint)
            return new SagaStart { Refusal = new GatewayFailure(ErrorCatalogue.IdempotencyKeyReused, "The key was used before, for another request. A new request needs a new key.") };
        return await Operations.FindAsync(known.Id, cancellationToken) is { } record
            ? new SagaStart { Known = record, Run = Operations.Find(known.Id) }
            : new SagaStart { Refusal = new GatewayFailure(ErrorCatalogue.IdempotentAnswerTooLarge, "The request was carried out before, and what came of it is no longer kept.") };
    }

    /// <summary>Waits for a saga.</summary>
    /// <param name="start">The saga.</param>
    /// <param name="longest">How long.</param>
    /// <param name="gone">Cancelled when nobody waits any more.</param>
    /// <returns>The saga as it is then.</returns>
    internal async Task<OperationRecord> WaitAsync(SagaStart start, TimeSpan longest, CancellationToken gone)
    {
        if (start.Run is { } run)
        {
            await ((Task)run.Ended).WaitAsync(longest, Time, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return run.Record;
        }

        // Another instance is at it, or will be in a moment.
        OperationRecord record = start.Known!;
        long since = Time.GetTimestamp();
        while (!record.HasEnded && Time.GetElapsedTime(since) < longest && !gone.IsCancellationRequested)
        {
            await Task.Delay(s_askedEvery, Time, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            record = await Operations.FindAsync(record.Id, CancellationToken.None) ?? record;
        }

        return record;
    }

    private NewOperation Describe(SagaPlan plan, GatewayContext context, ReadOnlyMemory<byte> body)
    {
        ClientSnapshot client = ClientSnapshot.Of(context, body, plan.KeptFields);
        var state = new SagaState(client, ClientSnapshot.IsJson(body.Span), new SagaProgress(plan.Shape), new StepAnswer[plan.Steps.Length]);
        return new NewOperation
        {
            Kind = SagaKind.KindName,
            Name = plan.Operation,
            Api = plan.Api,
            Tenant = context.Tenant,
            Owner = OperationOwner.Of(context),
            Version = plan.Definition.Version,
            Data = SagaStateFormat.Write(state),
            Stage = plan.Steps[0].Name,
            Message = $"Does {plan.Steps[0].Name}.",
            Deadline = Time.GetUtcNow() + plan.Timeout,
            CorrelationId = context.CorrelationId,
            TraceParent = client.Trace.ToTraceParent(),
        };
    }

    /// <summary>Does in the background what there is to do, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Rounds.RunAsync(s_sweptEvery, Time, atOnce: false, SweepAsync, cancellationToken);

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _keys!.SweepAsync(cancellationToken);
            await _table!.SweepAsync(cancellationToken);
        }
        catch (StoreException failed)
        {
            SagaLog.NotSwept(Logger, failed.Message);
        }
    }
}
