using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Headgate.Storage.Sqlite;

/// <summary>A session on one connection, which keeps its statements prepared by their text. Every call completes before it returns.</summary>
internal sealed class SqliteSession(SqliteConnection connection, string path, int maxPrepared, bool isQuery = false) : StoreSession(isQuery)
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

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
            Prepare(sql, []).ExecuteNonQuery();
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
            if (Prepare("PRAGMA quick_check(1)", []).ExecuteScalar() is not "ok")
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

    private protected override ValueTask<int> RunAsync(string sql, object[] values) => new(Prepare(sql, values).ExecuteNonQuery());

    private protected override ValueTask<DbDataReader> OpenAsync(string sql, object[] values) => new(Prepare(sql, values).ExecuteReader());

    private protected override StoreException Explain(DbException exception, string sql) => SqliteErrors.Explain(exception, path, sql);

    private SqliteCommand Prepare(string sql, object[] values)
    {
        if (_prepared.TryGetValue(sql, out SqliteCommand? command) && command.Parameters.Count == values.Length)
        {
            for (int i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
            return command;
        }

        if (_prepared.Count >= maxPrepared)
            Forget();
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
            command.Parameters.Add(new SqliteParameter("$" + (i + 1).ToString(CultureInfo.InvariantCulture), values[i]));
        _prepared[sql] = command;
        return command;
    }

    private void Forget()
    {
        foreach (SqliteCommand command in _prepared.Values)
            command.Dispose();
        _prepared.Clear();
    }
}
