using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Commerce.Shared.Data;

/// <summary>
/// One service's SQLite file. Readers run side by side (WAL); writers take turns, each in one IMMEDIATE transaction that
/// is durable before it is answered.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly string _connectionString;
    private readonly SemaphoreSlim _writer = new(1, 1);

    public Database(string file, string schema)
    {
        SqliteRuntime.EnsureReady();
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString();
        using var connection = Open();
        connection.Execute("PRAGMA journal_mode=WAL");
        connection.Execute(schema);
    }

    /// <summary>Something was written and is durable. Handlers must not block.</summary>
    public event Action? Committed;

    public T Read<T>(Func<SqliteConnection, T> query)
    {
        using var connection = Open();
        return query(connection);
    }

    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            using var connection = Open();
            var result = InTransaction(connection, work);
            Committed?.Invoke();
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        _writer.Dispose();
    }

    private static T InTransaction<T>(SqliteConnection connection, Func<SqliteConnection, T> work)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work(connection);
            connection.Execute("COMMIT");
            return result;
        }
        catch
        {
            // After some failures (a full disk) SQLite has done so itself: then there is nothing to roll back, and the failure is what is told.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                connection.Execute("ROLLBACK");
            throw;
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
        return connection;
    }
}
