using Headgate.Storage.Migrations;
using Headgate.Storage.PostgreSql;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage;

/// <summary>
/// Where Headgate keeps what must not be lost: an SQLite file or a PostgreSQL database, with the same meaning on both. A feature brings a
/// <see cref="MigrationSet"/> with its tables, and hands commands and queries to <see cref="WriteAsync"/> and <see cref="ReadAsync"/>. Thread-safe. Never
/// blocks the caller's thread.
/// </summary>
/// <remarks>
/// Made once, opened once before its first use, disposed at the end; what was accepted before is finished first.
/// </remarks>
public abstract class Store : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _watching = Task.CompletedTask;

    private protected Store(StoreLocation location, StoreOptions options, IReadOnlyList<MigrationSet> schema, ILogger logger, TimeProvider time)
    {
        (Location, Options, Time) = (location, options, time);
        Schema = new MigrationRunner([.. schema.Select(set => set.For(location.Engine))], location.ToString(), time);
        Condition = new StoreCondition(location.ToString(), logger, time);
    }

    /// <summary>Where the store is.</summary>
    public StoreLocation Location { get; }

    /// <summary>Whether it can be used now. Readiness asks this; nothing waits for it.</summary>
    public StoreHealth Health => Condition.Current;

    /// <summary>The migrations that this process ran, in order.</summary>
    public IReadOnlyList<AppliedMigration> Applied => Schema.Applied;

    internal StoreOptions Options { get; }

    internal TimeProvider Time { get; }

    private protected MigrationRunner Schema { get; }

    private protected StoreCondition Condition { get; }

    /// <summary>Makes the store of a location. Nothing is touched before it is opened.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="options">Bounds and times.</param>
    /// <param name="schema">The tables of every feature, in the order in which they are made.</param>
    /// <param name="logger">Where changes of its health go.</param>
    /// <param name="time">The clock.</param>
    public static Store Create(StoreLocation location, StoreOptions options, IReadOnlyList<MigrationSet> schema, ILogger logger, TimeProvider time) =>
        location.Engine == StoreEngine.Sqlite
            ? new SqliteStore(location, options, schema, logger, time)
            : new PostgreSqlStore(location, options, schema, logger, time);

    /// <summary>Opens the store, brings its tables up to date, and begins to watch its health.</summary>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync(session => session.ExecuteAsync("DELETE FROM headgate_probe"), cancellationToken);
        _watching = new StoreWatch(this, Condition, Options, Time).RunAsync(_stopping.Token);
    }

    /// <summary>
    /// Runs a command in a transaction of its own and answers after that is durable: after the disk has it, or the database server says so. Commands behave
    /// as if they ran one after the other.
    /// </summary>
    /// <param name="command">
    /// What to do. It may run more than once, on another thread, and awaits nothing but its session; what it does elsewhere is not undone. An exception of
    /// its own undoes it and reaches the caller.
    /// </param>
    /// <param name="cancellationToken">Gives up a command that has not begun. On PostgreSQL also one that has, up to its commit.</param>
    /// <exception cref="StoreException">The store could not do it. <see cref="StoreException.OutcomeUnknown"/> says whether it may have happened nonetheless.</exception>
    public abstract Task<T> WriteAsync<T>(Func<StoreSession, ValueTask<T>> command, CancellationToken cancellationToken);

    /// <summary>Runs a script: a command that asks nothing, and is cheaper for that where many run at once.</summary>
    /// <param name="script">What to do.</param>
    /// <param name="cancellationToken">Gives up a script that has not begun.</param>
    /// <returns>Whether it was kept: false when one of its statements found no row to change.</returns>
    /// <exception cref="StoreException">As for other commands.</exception>
    public abstract Task<bool> WriteAsync(StoreScript script, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a command that has its turn: of those with the same name, in whichever process, one runs its first statement when the one before it is durable, and each of its statements sees all that was
    /// committed when that statement began, by any command. In no order with other commands otherwise: it may rely on nothing that those change.
    /// </summary>
    /// <param name="turn">The name: lower-case letters and <c>_</c>.</param>
    /// <param name="command">What to do; the same rules as for <see cref="WriteAsync"/>.</param>
    /// <param name="cancellationToken">Gives up a command that has not begun. On PostgreSQL also one that has, up to its commit.</param>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public abstract Task<T> WriteInTurnAsync<T>(string turn, Func<StoreSession, ValueTask<T>> command, CancellationToken cancellationToken);

    /// <summary>Runs queries on one snapshot of the store, which has every command that was answered before.</summary>
    /// <param name="query">What to read; the same rules as for a command. A statement that would change something fails.</param>
    /// <param name="cancellationToken">Gives up a query that has not begun. On PostgreSQL also one that has.</param>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public abstract Task<T> ReadAsync<T>(Func<StoreSession, ValueTask<T>> query, CancellationToken cancellationToken);

    /// <summary>Runs a query that is one statement: as <see cref="ReadAsync"/> does, and on PostgreSQL with one wait for the server, where that has two and more.</summary>
    /// <param name="query">What to read; the same rules. A second statement is refused.</param>
    /// <param name="cancellationToken">As there.</param>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public virtual Task<T> ReadStatementAsync<T>(Func<StoreSession, ValueTask<T>> query, CancellationToken cancellationToken) => ReadAsync(
        session =>
        {
            session.AllowOne();
            return query(session);
        },
        cancellationToken);

    /// <summary>
    /// What is signalled under a name (<c>pg_notify</c> in a statement) by all processes that share the store, this one included, from the first word on, an empty one, that tells that words
    /// come. Ends at once where there is no other process: on SQLite. What is signalled while nobody listens is gone.
    /// </summary>
    /// <param name="name">The name: lower-case letters and <c>_</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreException">The store cannot be listened to, or no longer.</exception>
    public abstract IAsyncEnumerable<string> ListenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Looks at the store without changing or making anything, opened or not.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public abstract Task<StoreInspection> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Finishes what was accepted and lets go of the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        await CloseAsync();
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives up what has waited too long to begin.</summary>
    internal abstract void ExpireWaiting();

    /// <summary>Brings the tables up to date, where the first command does not.</summary>
    private protected abstract Task PrepareAsync(CancellationToken cancellationToken);

    private protected abstract ValueTask CloseAsync();
}
