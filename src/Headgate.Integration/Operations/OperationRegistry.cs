using Headgate.Gateway.Background;
using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Operations;

/// <summary>
/// All long work of a store, of whatever kind: begun here, carried out by one instance at a time, gone on with by another when that one dies, and never left without an end. Kinds are added before it
/// is opened; thread-safe after that.
/// </summary>
public sealed class OperationRegistry
{
    private readonly Dictionary<string, OperationKind> _kinds = new(StringComparer.Ordinal);
    private readonly OperationStore _operations;
    private readonly OperationWorker _worker;
    private readonly OperationTerms _terms;
    private readonly OperationLister _lister;
    private readonly DoubtfulOperations _doubts = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="store">The store, opened before this is.</param>
    /// <param name="events">The event log of the same store: the operations' log is there.</param>
    /// <param name="mostAttention">How many operations of one API may need attention; an API of which so many do begins no more.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where trouble is told.</param>
    public OperationRegistry(Store store, EventLog events, long mostAttention, TimeProvider time, ILogger<OperationRegistry> logger)
    {
        (_time, _logger) = (time, logger);
        Attention = new OperationAttention(mostAttention);
        _operations = new OperationStore(store, events, time);
        _worker = new OperationWorker(_kinds, _operations, Counts, logger);
        _terms = new OperationTerms(store, new OperationSweeper(_kinds, store, events, _worker, _doubts, Counts, time, logger), _worker, time, logger);
        _lister = new OperationLister(store);
    }

    /// <summary>The tables. Those of the event log have to be there.</summary>
    public static MigrationSet Migrations => OperationMigrations.All;

    /// <summary>How many operations this process is at.</summary>
    public int Running => _worker.Running;

    /// <summary>What became of them.</summary>
    internal OperationCounts Counts { get; } = new();

    /// <summary>How many need attention, and which APIs begin no more for that.</summary>
    internal OperationAttention Attention { get; }

    /// <summary>Adds who carries out the operations of a kind.</summary>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    public void Add(OperationKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        _kinds.Add(kind.Name, kind);
    }

    /// <summary>Tells the store that this process lives: only then can operations begin.</summary>
    /// <param name="home">What one process alone has at a time, the same after a restart: what who had it before has left is gone on with at once, and not after its lease. Null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public Task OpenAsync(string? home, CancellationToken cancellationToken) => _terms.BeginAsync(home, cancellationToken);

    /// <summary>Begins to keep telling it, and to go on with operations that nobody is at, until all work is stopped; then lets go of those of this process, so that others need not wait.</summary>
    public void Begin(BackgroundWork background)
    {
        ArgumentNullException.ThrowIfNull(background);

        // A longer rest would end the term, and with it what this process is at.
        background.Begin("operations", _terms.RunAsync, longestPause: OperationTerms.BeatEvery);
    }

    /// <summary>Begins an operation in this process. When this returns it is durable, and its kind is at it.</summary>
    /// <returns>It; null when this process cannot take another (it is at <see cref="OperationWorker.MostRunning"/>, stops, or has not been able to use the store for a while), or the API begins no more.</returns>
    /// <exception cref="StoreException">The store could not do it. When its outcome is unknown, the operation may have begun nonetheless: then it is gone on with 5 seconds later.</exception>
    /// <exception cref="ArgumentException">There is no such kind, or something of it is too large.</exception>
    public async Task<OperationRun?> StartAsync(NewOperation operation, CancellationToken cancellationToken) => (await StartAsync(operation, claim: null, cancellationToken).ConfigureAwait(false)).Run;

    /// <inheritdoc cref="StartAsync(NewOperation, CancellationToken)"/>
    /// <param name="operation">What begins.</param>
    /// <param name="claim">What has to be claimed for it, in the same command; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<OperationStart> StartAsync(NewOperation operation, OperationClaim? claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        OperationBounds.Check(operation.Data, null, [], []);
        if (!_kinds.ContainsKey(operation.Kind))
            throw new ArgumentException($"There is no kind '{operation.Kind}' of operations.", nameof(operation));
        if (Attention.IsFull(operation.Api))
            return new OperationStart(null, OperationRefusal.Attention);
        if (_terms.Current is not { IsHeld: true } term || !_worker.TryEnter())
            return new OperationStart(null, OperationRefusal.Busy);
        OperationRecord record = operation.ToRecord(term.Instance, _time.GetUtcNow());
        bool begins = false;
        try
        {
            begins = await _operations.InsertAsync(record, claim, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException exception) when (exception.OutcomeUnknown)
        {
            _doubts.Add(_time.GetUtcNow(), new Orphan(record.Id, record.Kind, record.Worker));
            throw;
        }
        finally
        {
            if (!begins)
                _worker.Leave();
        }

        return begins ? new OperationStart(_worker.Begin(record, term), OperationRefusal.None) : new OperationStart(null, OperationRefusal.Claimed);
    }

    /// <summary>The operation of an id in the hands of this process; null when it is not.</summary>
    internal OperationRun? Find(string id) => _worker.Find(id);

    /// <summary>The operation of an id, whole; null when there is none.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<OperationRecord?> FindAsync(string id, CancellationToken cancellationToken) => _operations.FindAsync(id, cancellationToken);

    /// <summary>What the data of an operation say, line by line; empty when this process does not know its kind.</summary>
    public IReadOnlyList<string> Describe(OperationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _kinds.TryGetValue(record.Kind, out OperationKind? kind) ? kind.Describe(record) : [];
    }

    /// <summary>Operations, the latest first.</summary>
    /// <param name="filter">What is wanted.</param>
    /// <param name="cursor">The next of the page before; null for the first.</param>
    /// <param name="most">The most of the page, 1 or more. It may have fewer, or none, and yet a next one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<OperationPage> ListAsync(OperationFilter filter, string? cursor, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return _lister.ListAsync(filter, cursor, most, cancellationToken);
    }

    /// <summary>Asks for the end of an operation. Whether it can still be broken off is for its kind to say.</summary>
    /// <returns>It, <see cref="OperationState.Cancelling"/>; null when it has ended already, or is not there.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<OperationRecord?> CancelAsync(string id, CancellationToken cancellationToken)
    {
        OperationRecord? record = await _operations.ChangeAsync((session, now) => OperationTable.CancelAsync(session, id, now), OperationEvents.CancelRequested, cancellationToken).ConfigureAwait(false);

        // Who asks again is told the same, and the log is told once.
        record ??= await _operations.FindAsync(id, cancellationToken).ConfigureAwait(false) is { HasEnded: false } asked ? asked : null;
        if (record?.CancelRequested is { } at && _worker.Find(id) is { } run)
            await run.RequestCancelAsync(at).ConfigureAwait(false);
        return record;
    }

    /// <summary>Has an operation that needs attention run again from where it was; an instance goes on with it within 5 seconds.</summary>
    /// <returns>It, <see cref="OperationState.Pending"/>; null when it needs none, or is not there.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<OperationRecord?> RetryAsync(string id, CancellationToken cancellationToken)
    {
        OperationRecord? record = await _operations.ChangeAsync((session, now) => OperationTable.RetryAsync(session, id, now), OperationEvents.Retried, cancellationToken).ConfigureAwait(false);
        if (record is not null)
            OperationLog.Retried(_logger, id, record.Kind);
        return record;
    }

    /// <summary>Notes that somebody has done by other means what an operation that needs attention left undone. It stays failed, and is nobody's concern any more.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="note">What was done; the first <see cref="OperationBounds.MostTextChars"/> characters are kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>It; null when it needs no attention, or is not there.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<OperationRecord?> ResolveAsync(string id, string note, CancellationToken cancellationToken)
    {
        string kept = OperationBounds.Clip(note)!;
        OperationRecord? record = await _operations.ChangeAsync(
            async (session, now) => await OperationTable.FindAsync(session, id).ConfigureAwait(false) is { Attention: not null } stuck
                ? await OperationTable.ResolveAsync(session, id, kept, KeptOf(stuck), now).ConfigureAwait(false)
                : null,
            OperationEvents.Resolved,
            cancellationToken).ConfigureAwait(false);
        if (record is not null)
            OperationLog.Resolved(_logger, id, record.Kind, kept);
        return record;
    }

    private byte[] KeptOf(OperationRecord resolved) => _kinds.TryGetValue(resolved.Kind, out OperationKind? kind) ? kind.KeptOfResolved(resolved) : resolved.Data;
}
