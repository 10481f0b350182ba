using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Headgate.Storage.Sqlite;

/// <summary>A session on one connection, which keeps its statements prepared by their text. Every call completes before it returns.</summary>
internal sealed class SqliteSession(SqliteConnection connection, string path, int maxPrepared, bool isQuery = false) : StoreSession(isQuery)
{
    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    /// <summary>Whether a transaction is open: SQLite ends one by itself when it cannot go on.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle!) == 0;

    /// <summary>What a command came to that was run on such a session: it awaits nothing else, so it is complete. The thread never waits.</summary>
    /// <exception cref="InvalidOperationException">It awaits something else.</exception>
    public static T ResultOf<T>(ValueTask<T> run) =>
        run.IsCompleted ? run.GetAwaiter().GetResult() : throw new InvalidOperationException("A command of the store may await nothing but its session.");

    /// <summary>Runs a statement of the store itself, which is no feature's business.</summary>
    /// <exception cref="StoreException">It failed.</exception>
    public void Control(string sql)
    {
        try
        {
            Run(sql, []);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Explain(exception, path, sql);
        }
    }

    /// <summary>Reads the whole database to see whether it is sound.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public void CheckWhole()
    {
        try
        {
            SqliteStatement check = Prepare("PRAGMA quick_check(1)", [])!;
            bool isSound = check.Step() && check.GetString(0) == "ok";
            check.Reset();
            if (!isSound)
                throw new StoreException(SqliteErrors.Damaged(path));
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Explain(exception, path);
        }
    }

    public void Close()
    {
        Forget();
        SqliteFile.Close(connection);
    }

    private protected override ValueTask<int> RunAsync(string sql, object[] values) => new(Run(sql, values));

    private protected override ValueTask<StoreCursor> OpenAsync(string sql, object[] values) => new(
        Prepare(sql, values) ?? throw new ArgumentException("A query is one statement."));

    private protected override StoreException Explain(DbException exception, string sql) => SqliteErrors.Explain(exception, path, sql);

    private int Run(string sql, object[] values) =>
        Prepare(sql, values)?.Execute()
            ?? (values.Length == 0 ? SqliteStatement.ExecuteAll(connection.Handle!, sql) : throw new ArgumentException("Several statements at once take no values."));

    // Null for several statements at once, which are not kept: migrations.
    private SqliteStatement? Prepare(string sql, object[] values)
    {
        if (!_prepared.TryGetValue(sql, out SqliteStatement? statement))
        {
            statement = SqliteStatement.TryPrepare(connection.Handle!, sql);
            if (statement is null)
                return null;
            if (_prepared.Count >= maxPrepared)
                Forget();
            _prepared[sql] = statement;
        }

        statement.Bind(values);
        return statement;
    }

    private void Forget()
    {
        foreach (SqliteStatement statement in _prepared.Values)
            statement.Close();
        _prepared.Clear();
    }
}
