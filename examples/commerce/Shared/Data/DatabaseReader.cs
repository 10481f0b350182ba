using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Shared.Data;

/// <summary>Looks into a service's database from outside, whether the service runs or not. It changes nothing, and cannot.</summary>
internal static class DatabaseReader
{
    /// <summary>What a query finds in one moment of the database.</summary>
    public static T Read<T>(string file, Func<SqliteConnection, T> query)
    {
        SqliteRuntime.EnsureReady();
        var target = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10, Pooling = false };
        using var connection = new SqliteConnection(target.ToString());
        connection.Open();
        connection.Execute("PRAGMA query_only=ON; BEGIN");
        return query(connection);
    }
}
