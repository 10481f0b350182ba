using Commerce.Shared.Data;
using Commerce.Shared.Idempotency;
using Commerce.Shared.Security;
using Commerce.Shared.Web;
using Commerce.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Commerce.Tests;

/// <summary>A write that fails leaves nothing, and says why.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("commerce-database-");
    private readonly Database _database;

    // As after a full disk: the transaction is ended by SQLite itself.
    public DatabaseTests() => _database = new Database(Path.Combine(_folder.FullName, "things.db"), """
        CREATE TABLE things (name TEXT);
        CREATE TRIGGER broken BEFORE INSERT ON things WHEN NEW.name = 'last' BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END;
        """ + IdempotencyTable.Schema);

    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Write_WhoseTransactionSqliteHasEnded_TellsWhyAndLeavesNothing()
    {
        var failed = await Assert.ThrowsAsync<SqliteException>(() => _database.WriteAsync(InsertTwo, TestContext.Current.CancellationToken));

        Assert.Contains("the disk is full", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, _database.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM things")));
        Assert.Equal(1, await _database.WriteAsync(connection => connection.Execute("INSERT INTO things VALUES ('first')"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Write_UnderAKey_WhoseTransactionSqliteHasEnded_TellsWhyAndKeepsNoKey()
    {
        using var loggers = new CollectingLoggers();
        var writes = new IdempotentWrites(_database, new ErrorAnswers("things", TimeProvider.System, loggers.CreateLogger<ErrorAnswers>()), TimeProvider.System);
        var http = new DefaultHttpContext();
        http.Request.Headers["Idempotency-Key"] = "key";
        var request = new ServiceRequest(http, Caller.Anonymous, CallContext.None, []);

        var failed = await Assert.ThrowsAsync<SqliteException>(() => writes.RunAsync(request, connection =>
        {
            InsertTwo(connection);
            return Answer.NoContent();
        }));

        Assert.Contains("the disk is full", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, _database.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM idempotency_keys")));
    }

    private static int InsertTwo(SqliteConnection connection) => connection.Execute("INSERT INTO things VALUES ('first'); INSERT INTO things VALUES ('last')");
}
