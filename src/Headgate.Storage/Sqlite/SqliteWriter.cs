using Headgate.Storage.Migrations;

namespace Headgate.Storage.Sqlite;

/// <summary>
/// The one thread that writes. What waits is run in one transaction and committed with one wait for the disk; then every caller is told. Nobody is told anything before: a command
/// may have failed over what an earlier one of its group wrote. Savepoints cost more than most commands, so a group runs without them; when one of its commands fails it is undone
/// and runs again, a savepoint for each.
/// </summary>
internal sealed class SqliteWriter(WorkQueue queue, SqliteFile file, StoreOptions options, MigrationRunner schema, StoreCondition condition)
    : SqliteThread(queue, options.MaxGroup)
{
    private SqliteSession? _session;
    private bool _wasOpen;

    protected override void Do(List<StoreWork> work)
    {
        Exception? failure = Commit(work);
        if (failure is null)
        {
            Settle(work);
        }
        else if (work.Count > 1 && failure is StoreException { Problem.Kind: StoreErrorKind.Full })
        {
            // One that needs much room takes the transaction with it: those that need little are run again, each alone.
            foreach (StoreWork one in work)
                DoAlone(one);
        }
        else
        {
            Fail(work, failure);
        }
    }

    protected override void Close()
    {
        _session?.Close();
        _session = null;
    }

    private void DoAlone(StoreWork work)
    {
        if (Commit([work]) is { } failure)
            Fail([work], failure);
        else
            work.Settle();
    }

    /// <summary>Runs work in one transaction. Null when it is durable.</summary>
    private Exception? Commit(IReadOnlyList<StoreWork> work)
    {
        try
        {
            SqliteSession session = Ready();
            if (!TryRunAll(session, work, RunPlain))
                TryRunAll(session, work, RunInSavepoint);

            // Moved away while it was written: nobody finds what the disk has now, unless the file comes back.
            return file.IsLost(session.Connection) ? new StoreException(SqliteErrors.Gone(file.Path)) { OutcomeUnknown = true } : null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Runs work in one transaction; false when it was undone, since a command failed that takes all others with it.</summary>
    private static bool TryRunAll(SqliteSession session, IReadOnlyList<StoreWork> work, Func<SqliteSession, StoreWork, bool> run)
    {
        session.Control("BEGIN IMMEDIATE");
        try
        {
            foreach (StoreWork one in work)
            {
                if (!run(session, one))
                    return false;
            }

            EndTransaction(session);
            return true;
        }
        finally
        {
            if (session.InTransaction)
                session.Control("ROLLBACK");
        }
    }

    private static bool RunPlain(SqliteSession session, StoreWork work)
    {
        bool isDone = work.Run(session);
        if (!isDone || !session.InTransaction)
            ThrowIfLost(session);
        return isDone;
    }

    private static bool RunInSavepoint(SqliteSession session, StoreWork work)
    {
        session.Control("SAVEPOINT command");
        if (!work.Run(session))
        {
            ThrowIfLost(session);
            session.Control("ROLLBACK TO command");
        }

        session.Control("RELEASE command");
        return true;
    }

    // SQLite gave up the whole transaction, and the commands before with it; or the command did.
    private static void ThrowIfLost(SqliteSession session)
    {
        if (!session.InTransaction || session.Failure is StoreException { Problem.ConcernsTheStore: true })
            throw session.Failure ?? new InvalidOperationException("A command of the store ended its transaction itself.");
    }

    private static void EndTransaction(SqliteSession session)
    {
        try
        {
            session.Control("COMMIT");
        }
        catch (StoreException exception) when (exception.Problem.Kind == StoreErrorKind.Failing)
        {
            // The log may hold the whole transaction although the wait for the disk failed: recovery would find it.
            throw new StoreException(exception.Problem, exception) { OutcomeUnknown = true };
        }
    }

    private SqliteSession Ready()
    {
        if (_session is not null && !file.IsLost(_session.Connection) && file.Problem is null)
            return _session;
        if (_session is not null && file.Problem is null)
            file.Distrust(new StoreException(SqliteErrors.Gone(file.Path)));
        Close();
        var session = new SqliteSession(file.OpenWriter(mayCreate: !_wasOpen), file.Path, options.MaxPrepared);
        try
        {
            if (file.Problem is { Kind: StoreErrorKind.Corrupt })
                session.CheckWhole();
            Migrate(session);
        }
        catch
        {
            session.Close();
            throw;
        }

        _wasOpen = true;
        file.Validate();
        return _session = session;
    }

    private void Migrate(SqliteSession session)
    {
        session.Control("BEGIN IMMEDIATE");
        session.Begin();
        try
        {
            IReadOnlyList<AppliedMigration> ran = SqliteSession.ResultOf(schema.RunAsync(session));
            EndTransaction(session);
            schema.Note(ran);
        }
        finally
        {
            session.End();
            if (session.InTransaction)
                session.Control("ROLLBACK");
        }
    }

    private static void Settle(IReadOnlyList<StoreWork> work)
    {
        foreach (StoreWork one in work)
            one.Settle();
    }

    private void Fail(IReadOnlyList<StoreWork> work, Exception failure)
    {
        condition.Note(failure);
        if (file.Distrust(failure))
            Close();

        foreach (StoreWork one in work)
            one.Fail(failure);
    }
}
