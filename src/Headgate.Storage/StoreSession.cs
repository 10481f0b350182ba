using System.Data.Common;

namespace Headgate.Storage;

/// <summary>
/// What a command or a query sees of the store: its transaction, in which it runs SQL. Values are always parameters: <c>$1</c>, <c>$2</c>, … in the text,
/// in that order in the call. Not thread-safe, one statement at a time, and of no use after the command has ended.
/// </summary>
/// <remarks>
/// SQL is what both engines have: <c>TEXT</c>, <c>BIGINT</c>, <c>BOOLEAN</c>, <c>DOUBLE PRECISION</c>, <c>BYTEA</c>; <c>ON CONFLICT</c>,
/// <c>RETURNING</c>, common table expressions, window functions. Values are <see cref="string"/>, <see cref="long"/>, <see cref="int"/>,
/// <see cref="bool"/>, <see cref="double"/>, arrays of <see cref="byte"/>, <see cref="DateTimeOffset"/> (kept as Unix milliseconds in a <c>BIGINT</c>) and null; any
/// other is an <see cref="ArgumentException"/>. On PostgreSQL alone a value may also be a column of them, an array of <see cref="string"/>, <see cref="long"/> or arrays of <see cref="byte"/>, for
/// <c>unnest</c>: many rows in one statement. Statements are prepared and kept by their text: build no text of values. After a statement failed the
/// command can do nothing more and is undone, on both engines.
/// </remarks>
public abstract class StoreSession
{
    private readonly bool _isQuery;
    private Exception? _failure;
    private bool _ended;
    private bool _isOneStatement;
    private bool _hasRun;
    private List<Action>? _afterCommit;

    /// <param name="isQuery">Whether statements may only read.</param>
    private protected StoreSession(bool isQuery) => _isQuery = isQuery;

    /// <summary>What failed first; the command is undone whether or not it noticed.</summary>
    internal Exception? Failure => _failure;

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it inserted, changed or deleted.</returns>
    /// <exception cref="StoreException">The store could not run it.</exception>
    public ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<object?> values) => ExecuteBoundAsync(sql, StoreValue.Bind(values));

    /// <summary>Runs a statement whose values are bound already.</summary>
    internal ValueTask<int> ExecuteAsync(StoreStatement statement) => ExecuteBoundAsync(statement.Sql, statement.Values);

    /// <summary>The first row of a query, or of a statement with <c>RETURNING</c>; the default of <typeparamref name="T"/> when there is none.</summary>
    /// <exception cref="StoreException">The store could not run it.</exception>
    public ValueTask<T?> FindAsync<T>(string sql, Func<StoreRow, T> read, params ReadOnlySpan<object?> values) => FindBoundAsync(sql, read, StoreValue.Bind(values));

    /// <summary>Every row of a query, or of a statement with <c>RETURNING</c>. All are held in memory: what can grow has a <c>LIMIT</c>.</summary>
    /// <exception cref="StoreException">The store could not run it.</exception>
    public ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, Func<StoreRow, T> read, params ReadOnlySpan<object?> values) => ListBoundAsync(sql, read, StoreValue.Bind(values));

    /// <summary>
    /// Has something done once the command is durable, and never when it is undone or its outcome is unknown: who was waiting for it is told. On a thread of the store,
    /// so it neither blocks nor throws.
    /// </summary>
    public void AfterCommit(Action action)
    {
        if (_isQuery)
            throw new InvalidOperationException("A query commits nothing.");
        Check();
        (_afterCommit ??= []).Add(action);
    }

    /// <summary>What is to be done once the command that ended is durable; null for nothing.</summary>
    internal IReadOnlyList<Action>? AfterCommits => _afterCommit;

    /// <summary>How a body ended that threw this, or nothing: whatever it made of a failed statement, that is what counts.</summary>
    internal Exception? Verdict(Exception? thrown) => thrown is StoreException ? thrown : _failure ?? thrown;

    internal void Begin() => (_failure, _ended, _afterCommit, _isOneStatement, _hasRun) = (null, false, null, false, false);

    /// <summary>Has it run no statement but the next.</summary>
    internal void AllowOne() => _isOneStatement = true;

    internal void End() => _ended = true;

    private protected abstract ValueTask<int> RunAsync(string sql, object[] values);

    private protected abstract ValueTask<StoreCursor> OpenAsync(string sql, object[] values);

    /// <summary>Says in the store's own words what a driver reported.</summary>
    private protected abstract StoreException Explain(DbException exception, string sql);

    private async ValueTask<int> ExecuteBoundAsync(string sql, object[] values)
    {
        CheckStatement();
        try
        {
            return await RunAsync(sql, values).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw Doom(exception, sql);
        }
    }

    private async ValueTask<T?> FindBoundAsync<T>(string sql, Func<StoreRow, T> read, object[] values)
    {
        CheckStatement();
        try
        {
            StoreCursor cursor = await OpenAsync(sql, values).ConfigureAwait(false);
            await using (cursor.ConfigureAwait(false))
                return await cursor.ReadAsync().ConfigureAwait(false) ? read(new StoreRow(cursor)) : default;
        }
        catch (Exception exception)
        {
            throw Doom(exception, sql);
        }
    }

    private async ValueTask<IReadOnlyList<T>> ListBoundAsync<T>(string sql, Func<StoreRow, T> read, object[] values)
    {
        CheckStatement();
        try
        {
            var rows = new List<T>();
            StoreCursor cursor = await OpenAsync(sql, values).ConfigureAwait(false);
            await using (cursor.ConfigureAwait(false))
            {
                while (await cursor.ReadAsync().ConfigureAwait(false))
                    rows.Add(read(new StoreRow(cursor)));
            }

            return rows;
        }
        catch (Exception exception)
        {
            throw Doom(exception, sql);
        }
    }

    private void Check()
    {
        if (_ended)
            throw new InvalidOperationException("The command has ended, and its session with it.");
        if (_failure is not null)
            throw new InvalidOperationException("A statement of this command failed: it is undone and can do nothing more.", _failure);
    }

    private void CheckStatement()
    {
        Check();
        if (_isOneStatement && _hasRun)
            throw new InvalidOperationException("The query was to be one statement: there is no snapshot for another.");
        _hasRun = true;
    }

    private Exception Doom(Exception exception, string sql) =>
        _failure = exception is not DbException driver ? exception
            : Explain(driver, sql) is var explained && _isQuery && explained.Problem.Kind == StoreErrorKind.ReadOnly ? WritingQuery(explained, sql)
            : explained;

    private static StoreException WritingQuery(StoreException refused, string sql) =>
        new(refused.Problem with { Kind = StoreErrorKind.Statement, Reason = $"refuses the statement '{sql}' of a query, which may only read", Fix = "This is a bug of the program." }, refused);
}
