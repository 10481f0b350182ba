using System.Data.Common;
using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>A session in one transaction of one connection. The driver keeps statements prepared by their text.</summary>
/// <param name="connection">The connection.</param>
/// <param name="place">The store.</param>
/// <param name="isQuery">Whether statements may only read.</param>
/// <param name="opening">A query without values that the server runs before the first statement, in the same message: it costs no wait of its own. Null for none.</param>
/// <param name="commandTimeout">Seconds that a statement may run, 0 for any time; null for what holds on the connection.</param>
/// <param name="cancellationToken">Breaks statements off.</param>
internal sealed class PostgreSqlSession(NpgsqlConnection connection, string place, bool isQuery, string? opening, int? commandTimeout, CancellationToken cancellationToken) : StoreSession(isQuery)
{
    private string? _opening = opening;

    private protected override async ValueTask<int> RunAsync(string sql, object[] values)
    {
        if (TakeOpening() is { } first)
        {
            using NpgsqlBatch batch = Batch(first, sql, values);
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return batch.BatchCommands[^1].RecordsAffected;
        }

        using NpgsqlCommand command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private protected override async ValueTask<StoreCursor> OpenAsync(string sql, object[] values)
    {
        if (TakeOpening() is { } first)
            return await OpenAfterAsync(first, sql, values).ConfigureAwait(false);
        using NpgsqlCommand command = Command(sql, values);
        return new PostgreSqlCursor(await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false));
    }

    private protected override StoreException Explain(DbException exception, string sql) => PostgreSqlErrors.Explain(exception, place, sql);

    private string? TakeOpening()
    {
        string? first = _opening;
        _opening = null;
        return first;
    }

    private async Task<PostgreSqlCursor> OpenAfterAsync(string first, string sql, object[] values)
    {
        using NpgsqlBatch batch = Batch(first, sql, values);
        NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Past the opening's own row.
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            return new PostgreSqlCursor(reader);
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private NpgsqlBatch Batch(string first, string sql, object[] values)
    {
        // Not the connection's own (CreateBatch), which is used again once it is disposed, though its rows are still read.
        var batch = new NpgsqlBatch(connection);
        if (commandTimeout is { } seconds)
            batch.Timeout = seconds;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(first));
        var statement = new NpgsqlBatchCommand(sql);
        PostgreSqlValues.AddTo(statement.Parameters, values);
        batch.BatchCommands.Add(statement);
        return batch;
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        if (commandTimeout is { } seconds)
            command.CommandTimeout = seconds;
        PostgreSqlValues.AddTo(command.Parameters, values);
        return command;
    }
}
