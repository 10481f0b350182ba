using System.Globalization;
using Headgate.Storage.Migrations;
using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>
/// A store in a database of a server, which several instances may share. Commands run side by side on pooled connections, serializable; one that the server
/// refuses over another is run again.
/// </summary>
internal sealed class PostgreSqlStore : Store
{
    // Any number that nobody else uses for an advisory lock of the database.
    private const long MigrationLock = 0x4865_6164_6761_7465;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlDataSource _source;
    private readonly PostgreSqlTransactions _transactions;
    private readonly PostgreSqlListener _listener;
    private readonly ConnectionGate _gate;
    private readonly ConnectionGate _turns;
    private readonly ScriptLanes _lanes;

    public PostgreSqlStore(StoreLocation location, StoreOptions options, IReadOnlyList<MigrationSet> schema, ILogger logger, TimeProvider time)
        : base(location, options, schema, logger, time)
    {
        string settings = PostgreSqlSettings.Complete(location.Url!, options);
        _source = NpgsqlDataSource.Create(settings);
        _listener = new PostgreSqlListener(settings, location.ToString());
        _transactions = new PostgreSqlTransactions(_source, location.ToString());
        _gate = new ConnectionGate(location, options, time);
        _turns = new ConnectionGate(location, options with { Connections = PostgreSqlSettings.ConnectionsOfTurns }, time);
        _lanes = new ScriptLanes(location, options, time, scripts => RunAsync(_gate, stopped => _transactions.WriteAsync(scripts, stopped), CancellationToken.None));
    }

    public override Task<T> WriteAsync<T>(Func<StoreSession, ValueTask<T>> command, CancellationToken cancellationToken) =>
        RunAsync(_gate, stopped => _transactions.WriteAsync(command, stopped), cancellationToken);

    // One that may wait for another's transaction waits alone: in a group it would have others wait for what the group has done, and two groups for each other.
    public override Task<bool> WriteAsync(StoreScript script, CancellationToken cancellationToken) =>
        script.IsContended ? WriteAloneAsync(script, cancellationToken) : _lanes.RunAsync(script, cancellationToken);

    // Others wait for what has its turn: it has a connection of its own, and stands in no line behind ordinary commands.
    public override Task<T> WriteInTurnAsync<T>(string turn, Func<StoreSession, ValueTask<T>> command, CancellationToken cancellationToken) =>
        RunAsync(_turns, stopped => _transactions.WriteInTurnAsync(turn, command, stopped), cancellationToken);

    public override Task<T> ReadAsync<T>(Func<StoreSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        RunAsync(_gate, stopped => _transactions.ReadAsync(query, stopped), cancellationToken);

    public override Task<T> ReadStatementAsync<T>(Func<StoreSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        RunAsync(_gate, stopped => _transactions.ReadStatementAsync(query, stopped), cancellationToken);

    public override IAsyncEnumerable<string> ListenAsync(string name, CancellationToken cancellationToken) => _listener.ListenAsync(name, cancellationToken);

    public override Task<StoreInspection> InspectAsync(CancellationToken cancellationToken) =>
        ReadAsync(new PostgreSqlInspector(Schema).InspectAsync, cancellationToken);

    // The gate gives up by itself what waits too long.
    internal override void ExpireWaiting() => _lanes.Expire();

    private protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        string limit = ((long)Options.MigrationTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        try
        {
            Schema.Note(await _transactions.PrepareAsync(MigrateAsync, $"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = {limit}", cancellationToken).ConfigureAwait(false));
        }
        catch (StoreException exception) when (exception.Problem.Kind == StoreErrorKind.Locked)
        {
            throw new StoreException(PostgreSqlErrors.MigrationLocked(Location.ToString(), Options.MigrationTimeout), exception);
        }
    }

    private protected override async ValueTask CloseAsync()
    {
        await _lanes.CloseAsync().ConfigureAwait(false);
        await _gate.DisposeAsync().ConfigureAwait(false);
        await _turns.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<AppliedMigration>> MigrateAsync(StoreSession session)
    {
        await session.FindAsync("SELECT pg_advisory_xact_lock($1)", _ => true, MigrationLock).ConfigureAwait(false);
        if (await session.FindAsync("SELECT current_setting('fsync')", row => row.GetString(0)).ConfigureAwait(false) != "on")
            StoreLog.NotDurable(Condition.Logger, Location.ToString());
        return await Schema.RunAsync(session).ConfigureAwait(false);
    }

    private async Task<bool> WriteAloneAsync(StoreScript script, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoreScript> refused = await RunAsync(_gate, stopped => _transactions.WriteAsync([script], stopped), cancellationToken).ConfigureAwait(false);
        if (refused.Count > 0)
            return false;
        script.AfterCommit?.Invoke();
        return true;
    }

    private async Task<T> RunAsync<T>(ConnectionGate gate, Func<CancellationToken, Task<T>> once, CancellationToken cancellationToken)
    {
        await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RepeatAsync(once, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException exception)
        {
            Condition.Note(exception);
            throw;
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> once, CancellationToken cancellationToken)
    {
        long began = Time.GetTimestamp();
        TimeSpan pause = s_firstPause;
        bool reconnected = false;
        while (true)
        {
            try
            {
                return await once(cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException exception) when (!reconnected && !exception.OutcomeUnknown && PostgreSqlErrors.IsBroken(exception))
            {
                // The server was restarted since: every idle connection is dead, and new ones are made.
                reconnected = true;
                _source.Clear();
            }
            catch (StoreException exception) when (PostgreSqlErrors.IsConflict(exception))
            {
                TimeSpan tried = Time.GetElapsedTime(began);
                if (tried >= Options.WaitTimeout)
                    throw new StoreException(PostgreSqlErrors.Contended(Location.ToString(), tried), exception);
                await Task.Delay(pause * Random.Shared.NextDouble(), Time, cancellationToken).ConfigureAwait(false);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, s_longestPause.Ticks));
            }
        }
    }
}
