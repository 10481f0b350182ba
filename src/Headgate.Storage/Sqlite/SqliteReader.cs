using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>A thread that runs queries on a connection of its own, each on one snapshot. Readers wait neither for each other nor for the writer.</summary>
internal sealed class SqliteReader(WorkQueue queue, SqliteFile file, StoreOptions options, StoreCondition condition) : SqliteThread(queue, mostAtOnce: 1)
{
    private SqliteSession? _session;
    private int _generation;

    protected override void Do(List<StoreWork> work)
    {
        StoreWork query = work[0];
        try
        {
            Read(Ready(), query);
            query.Settle();
        }
        catch (Exception exception)
        {
            condition.Note(exception);
            if (file.Distrust(exception))
                Close();
            query.Fail(exception);
        }
    }

    protected override void Close()
    {
        _session?.Close();
        _session = null;
    }

    private void Read(SqliteSession session, StoreWork query)
    {
        if (file.IsLost(session.Connection))
            throw new StoreException(SqliteErrors.Gone(file.Path));
        session.Control("BEGIN");
        try
        {
            query.Run(session);
            if (session.Failure is StoreException { Problem.ConcernsTheStore: true } failure)
                throw failure;
        }
        finally
        {
            if (session.InTransaction)
                session.Control("ROLLBACK");
        }
    }

    private SqliteSession Ready()
    {
        if (file.Problem is { } problem)
            throw new StoreException(problem);
        int generation = file.Generation;
        if (_session is not null && _generation == generation)
            return _session;
        Close();
        SqliteConnection connection = file.OpenReader();
        _generation = generation;
        return _session = new SqliteSession(connection, file.Path, options.MaxPrepared, isQuery: true);
    }
}
