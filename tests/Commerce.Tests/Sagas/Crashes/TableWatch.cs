using Commerce.Shared.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Tests.Sagas.Crashes;

/// <summary>Watches a database of another process, which may die meanwhile: reads, and changes nothing. Not thread-safe.</summary>
internal sealed class TableWatch : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _count;

    /// <param name="file">The SQLite file.</param>
    /// <param name="count">A query of one number.</param>
    public TableWatch(string file, string count)
    {
        SqliteRuntime.EnsureReady();
        _count = count;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10, Pooling = false }.ToString());
        _connection.Open();
        _connection.Execute("PRAGMA query_only=ON");
    }

    /// <summary>The number now.</summary>
    public int Read() => _connection.ExecuteScalar<int>(_count);

    /// <summary>Waits, without a pause, until the number is as high: who is killed then has just committed it.</summary>
    /// <param name="number">How high.</param>
    /// <param name="meanwhile">What makes it grow; when that fails, it is why the number never came.</param>
    public async Task ReachedAsync(int number, Task meanwhile)
    {
        while (Read() < number)
        {
            await Task.Yield();
            if (!meanwhile.IsCompleted)
                continue;
            await meanwhile;
            Assert.True(Read() >= number, $"It never came to {number}: {_count}");
        }
    }

    public void Dispose() => _connection.Dispose();
}
