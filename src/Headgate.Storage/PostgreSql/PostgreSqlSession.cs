using System.Data.Common;
using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>A session in one transaction of one connection. The driver keeps statements prepared by their text.</summary>
/// <param name="connection">The connection.</param>
/// <param name="place">The store.</param>
/// <param name="isQuery">Whether statements may only read.</param>
/// <param name="commandTimeout">Seconds that a statement may run, 0 for any time; null for what holds on the connection.</param>
/// <param name="cancellationToken">Breaks statements off.</param>
internal sealed class PostgreSqlSession(NpgsqlConnection connection, string place, bool isQuery, int? commandTimeout, CancellationToken cancellationToken) : StoreSession(isQuery)
{
    public override async ValueTask SignalAsync(string name, string text) => await ExecuteAsync("SELECT pg_notify($1, $2)", name, text).ConfigureAwait(false);

    private protected override async ValueTask<int> RunAsync(string sql, object[] values)
    {
        using NpgsqlCommand command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private protected override async ValueTask<StoreCursor> OpenAsync(string sql, object[] values)
    {
        using NpgsqlCommand command = Command(sql, values);
        return new PostgreSqlCursor(await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false));
    }

    private protected override StoreException Explain(DbException exception, string sql) => PostgreSqlErrors.Explain(exception, place, sql);

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        if (commandTimeout is { } seconds)
            command.CommandTimeout = seconds;
        foreach (object value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
