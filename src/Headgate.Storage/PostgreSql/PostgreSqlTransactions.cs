using System.Data;
using System.Data.Common;
using System.Runtime.ExceptionServices;
using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>Runs a body in one transaction on one connection, once. Thread-safe.</summary>
internal sealed class PostgreSqlTransactions(NpgsqlDataSource source, string place)
{
    private const string ReadOnly = "SELECT set_config('transaction_read_only', 'on', true)";

    /// <summary>Runs a command: serializable, so that it means the same as on an engine with one writer.</summary>
    public Task<T> WriteAsync<T>(Func<StoreSession, ValueTask<T>> command, CancellationToken cancellationToken) =>
        RunAsync(command, IsolationLevel.Serializable, opening: null, commandTimeout: null, cancellationToken);

    /// <summary>Runs a query on one snapshot.</summary>
    public Task<T> ReadAsync<T>(Func<StoreSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        RunAsync(query, IsolationLevel.RepeatableRead, ReadOnly, commandTimeout: null, cancellationToken);

    /// <summary>Runs a query that is one statement, whose snapshot is its own: the message in which it goes to the server is its transaction, without a word before or after it.</summary>
    public async Task<T> ReadStatementAsync<T>(Func<StoreSession, ValueTask<T>> query, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var session = new PostgreSqlSession(connection, place, isQuery: true, ReadOnly, commandTimeout: null, cancellationToken);
            session.AllowOne();
            return await RunBodyAsync(session, query).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a command after those that have the same turn. What it sees it sees after it waited: each statement has a snapshot of its own.</summary>
    public Task<T> WriteInTurnAsync<T>(string turn, Func<StoreSession, ValueTask<T>> command, CancellationToken cancellationToken) =>
        RunAsync(command, IsolationLevel.ReadCommitted, $"SELECT pg_advisory_xact_lock(hashtextextended('{turn}', 0))", commandTimeout: null, cancellationToken);

    /// <summary>Runs what may take long, and sees what others committed while it waited for a lock.</summary>
    public Task<T> PrepareAsync<T>(Func<StoreSession, ValueTask<T>> command, string settings, CancellationToken cancellationToken) =>
        RunAsync(
            async session =>
            {
                await session.ExecuteAsync(settings).ConfigureAwait(false);
                return await command(session).ConfigureAwait(false);
            },
            IsolationLevel.ReadCommitted, opening: null, commandTimeout: 0, cancellationToken);

    /// <summary>Runs scripts one after the other, in one transaction and with one wait for all their statements: each sees what is committed, and what those before it did.</summary>
    /// <returns>Those that found no row to change. When there are any, nothing is kept.</returns>
    public async Task<IReadOnlyList<StoreScript>> WriteAsync(IReadOnlyList<StoreScript> scripts, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    IReadOnlyList<StoreScript> refused = await new ScriptBatch(scripts, connection).RunAsync(cancellationToken).ConfigureAwait(false);
                    if (refused.Count == 0)
                        await CommitAsync(transaction).ConfigureAwait(false);
                    return refused;
                }
            }
            catch (DbException exception)
            {
                throw PostgreSqlErrors.Explain(exception, place, (exception as PostgresException)?.BatchCommand?.CommandText);
            }
        }
    }

    private async Task<T> RunAsync<T>(Func<StoreSession, ValueTask<T>> body, IsolationLevel isolation, string? opening, int? commandTimeout, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                NpgsqlTransaction transaction = await connection.BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    var session = new PostgreSqlSession(connection, place, isQuery: isolation == IsolationLevel.RepeatableRead, opening, commandTimeout, cancellationToken);
                    T result = await RunBodyAsync(session, body).ConfigureAwait(false);
                    await CommitAsync(transaction).ConfigureAwait(false);
                    foreach (Action action in session.AfterCommits ?? [])
                        action();
                    return result;
                }
            }
            catch (DbException exception)
            {
                throw PostgreSqlErrors.Explain(exception, place);
            }
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception)
        {
            throw PostgreSqlErrors.ExplainConnecting(exception, place);
        }
    }

    private static async Task<T> RunBodyAsync<T>(PostgreSqlSession session, Func<StoreSession, ValueTask<T>> body)
    {
        T? result = default;
        Exception? thrown = null;
        try
        {
            result = await body(session).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            thrown = exception;
        }

        session.End();
        if (session.Verdict(thrown) is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return result!;
    }

    private async Task CommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            // From here on it may have happened: to break off now would only hide whether it did.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (DbException exception) when (PostgreSqlErrors.IsBroken(exception))
        {
            throw new StoreException(PostgreSqlErrors.Explain(exception, place).Problem, exception) { OutcomeUnknown = true };
        }
    }
}
