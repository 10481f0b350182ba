namespace Headgate.Storage;

/// <summary>
/// A command that asks the store nothing: a few statements, known beforehand, of which each has to change a row. All are kept, or none: none when one of them finds no row to change. Since nobody waits
/// between two of its statements, many scripts are committed together on both engines. Immutable, thread-safe.
/// </summary>
/// <param name="statements">The statements in order, one or more.</param>
/// <remarks>
/// On PostgreSQL scripts are not serializable, as other commands are: each statement sees what is committed when it begins, and what it changes is its own from then on. So a script decides nothing of
/// rows that it does not change: its conditions are those of its own <c>WHERE</c> and <c>ON CONFLICT</c>. One whose statements read others is refused when it is made, unless they say of what they
/// read that it is <see cref="StoreStatement.Settled"/>.
/// </remarks>
public sealed class StoreScript(params IReadOnlyList<StoreStatement> statements)
{
    private readonly IReadOnlyList<StoreStatement> _statements = ScriptRule.Checked(statements);

    /// <summary>The statements.</summary>
    public IReadOnlyList<StoreStatement> Statements => _statements;

    /// <summary>
    /// Whether others may be about to change the same rows at the same time: such a script has a transaction of its own, in which it never waits for a row while others wait for what it has done.
    /// Its first statement is the one that may have to wait. False for one whose rows nobody else has.
    /// </summary>
    public bool IsContended { get; init; }

    /// <summary>What is done once it is durable, as <see cref="StoreSession.AfterCommit"/> says; null for nothing.</summary>
    public Action? AfterCommit { get; init; }

    /// <summary>Runs it as a part of a command, statement by statement.</summary>
    /// <returns>Whether it is to be kept.</returns>
    /// <exception cref="ScriptRefusedException">It is not, and something was changed that has to be undone.</exception>
    internal async ValueTask<bool> RunAsync(StoreSession session)
    {
        for (int i = 0; i < _statements.Count; i++)
        {
            if (await session.ExecuteAsync(_statements[i]).ConfigureAwait(false) == 0)
                return i == 0 ? false : throw new ScriptRefusedException();
        }

        if (AfterCommit is not null)
            session.AfterCommit(AfterCommit);
        return true;
    }
}
