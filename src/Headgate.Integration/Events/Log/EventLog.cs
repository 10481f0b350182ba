using Headgate.Gateway.Background;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Log;

/// <summary>
/// The event log of a store: every event once, in one order, appended in the transaction of the state that it speaks of. Lives as long as the store. Thread-safe.
/// </summary>
/// <remarks>
/// Offsets begin at 1 and only grow; there may be gaps. Whoever has read up to an offset has seen every event up to it and never has to look back; on PostgreSQL an event can be read when it has its
/// offset, moments after the commit (<see cref="Begin"/> sees to it, in whichever process). Events of one aggregate that were appended one after the other keep that order.
/// </remarks>
public sealed class EventLog
{
    private readonly Store _store;
    private readonly TimeProvider _time;
    private readonly EventWaiters _waiters = new();
    private readonly EventTail _tail;
    private readonly EventReader _reader;
    private readonly EventInserts _inserts;

    /// <param name="store">The store, opened before the log is used.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where trouble is told.</param>
    public EventLog(Store store, TimeProvider time, ILogger<EventLog> logger)
    {
        (_store, _time) = (store, time);
        _tail = new EventTail(store, _waiters, time, logger);
        _reader = new EventReader(store);
        _inserts = new EventInserts(store.Location.Engine);
    }

    /// <summary>The tables of the log.</summary>
    public static MigrationSet Migrations => EventMigrations.All;

    /// <summary>How many wait for events now.</summary>
    public int Waiting => _waiters.Count;

    /// <summary>Appends events as a part of a command: they are there when what else the command did is, and not otherwise.</summary>
    /// <param name="session">The command's session.</param>
    /// <param name="events">At most <see cref="EventBounds.MostAtOnce"/>, in order.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="ArgumentException">There are too many, or one has a <see cref="EventBounds.ProblemOf"/>.</exception>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async ValueTask<IReadOnlyList<AppendedEvent>> AppendAsync(StoreSession session, IReadOnlyList<NewEvent> events)
    {
        ArgumentNullException.ThrowIfNull(session);
        Check(events);
        return await AppendCheckedAsync(session, events).ConfigureAwait(false);
    }

    /// <summary>Appends events, all or none.</summary>
    /// <inheritdoc cref="AppendAsync(StoreSession, IReadOnlyList{NewEvent})"/>
    public Task<IReadOnlyList<AppendedEvent>> AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        Check(events);
        return _store.WriteAsync(session => AppendCheckedAsync(session, events), cancellationToken);
    }

    /// <summary>The statement of a <see cref="StoreScript"/> that appends an event, which is then there when what else the script did is. <see cref="Arrived"/> is to be done after it.</summary>
    /// <param name="candidate">The event, without an id of its producer: it is in the log once for each time that this is run.</param>
    /// <exception cref="ArgumentException">It has an id of its producer, or a <see cref="EventBounds.ProblemOf"/>.</exception>
    internal StoreStatement StatementOf(NewEvent candidate)
    {
        Check([candidate]);
        if (candidate.ProducerId is not null)
            throw new ArgumentException("An event that may be there already is appended by a command, which can look.", nameof(candidate));
        DateTimeOffset now = _time.GetUtcNow();
        return _inserts.StatementOf(candidate, NewId(now), now);
    }

    /// <summary>Says that events of a script are there.</summary>
    internal Action Arrived => _tail.Arrived;

    /// <summary>Reads on from an offset.</summary>
    /// <param name="after">The offset after which to read: 0 for the beginning of all, null for the earliest event that is still there.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="most">The most events of the page, 1 or more. Payloads of 4 MiB end it earlier, and so may a long stretch of the log in which nothing is wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<EventPage> ReadAsync(long? after, EventFilter filter, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return _reader.ReadAsync(after, filter, most, cancellationToken);
    }

    /// <summary>The event of an id, or null.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<StoredEvent?> FindAsync(string id, CancellationToken cancellationToken) => _store.ReadStatementAsync(session => EventTable.FindAsync(session, id), cancellationToken);

    /// <summary>The offset of the last event that ever was; 0 before the first.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<long> EndAsync(CancellationToken cancellationToken) => _store.ReadStatementAsync(EventTable.EndAsync, cancellationToken);

    /// <summary>Waits until there is an event after an offset. Nothing is asked of the store while nothing is appended in this process; see <see cref="Begin"/>.</summary>
    /// <param name="after">The offset up to which the caller has read.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="longest">How long to wait.</param>
    /// <param name="caller">On whose behalf: a caller has a part of the places alone.</param>
    /// <param name="cancellationToken">Ends the wait as if its time were over.</param>
    public Task<EventWait> WaitAsync(long after, EventFilter filter, TimeSpan longest, string caller, CancellationToken cancellationToken) =>
        _waiters.TryAdd(new EventWaiter(after, filter) { Caller = caller }) is { } waiter ? WaitAsync(waiter, longest, cancellationToken) : Task.FromResult(EventWait.Refused);

    /// <summary>The same for a consumer within Headgate, of which there are few: clients that wait leave no room out of its way.</summary>
    internal Task<EventWait> WaitUncountedAsync(long after, EventFilter filter, TimeSpan longest, CancellationToken cancellationToken) =>
        WaitAsync(_waiters.TryAdd(new EventWaiter(after, filter) { IsCounted = false })!, longest, cancellationToken);

    /// <summary>Ends every wait of a client as if its time were over, and those that begin from now on: the process is about to stop.</summary>
    public void EndWaits() => _waiters.Close();

    /// <summary>Begins to tell those who wait of what is appended; and on PostgreSQL to give offsets, also to what other processes left without.</summary>
    public void Begin(BackgroundWork background)
    {
        ArgumentNullException.ThrowIfNull(background);
        _tail.Begin(background);
    }

    private async ValueTask<IReadOnlyList<AppendedEvent>> AppendCheckedAsync(StoreSession session, IReadOnlyList<NewEvent> events)
    {
        DateTimeOffset now = _time.GetUtcNow();
        string[] ids = [.. events.Select(_ => NewId(now))];
        IReadOnlyList<string> known = await _inserts.InsertAsync(session, events, ids, now).ConfigureAwait(false);
        session.AfterCommit(_tail.Arrived);
        return [.. known.Select((id, i) => new AppendedEvent(id, IsDuplicate: id != ids[i]))];
    }

    private static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    private async Task<EventWait> WaitAsync(EventWaiter waiter, TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            // Something may have been appended between the caller's reading and now.
            _tail.Wake();
            using var timeout = new CancellationTokenSource(longest, _time);
            using CancellationTokenRegistration late = timeout.Token.UnsafeRegister(static state => ((EventWaiter)state!).End(EventWait.TimedOut), waiter);
            using CancellationTokenRegistration gone = cancellationToken.UnsafeRegister(static state => ((EventWaiter)state!).End(EventWait.TimedOut), waiter);
            return await waiter.Task.ConfigureAwait(false);
        }
        finally
        {
            _waiters.Remove(waiter);
        }
    }

    private static void Check(IReadOnlyList<NewEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events.Count, EventBounds.MostAtOnce, nameof(events));
        foreach (NewEvent candidate in events)
        {
            if (EventBounds.ProblemOf(candidate) is { } problem)
                throw new ArgumentException($"{problem.Attribute} {problem.Detail}", nameof(events));
        }
    }
}
