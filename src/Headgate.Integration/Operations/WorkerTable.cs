using Headgate.Storage;

namespace Headgate.Integration.Operations;

/// <summary>
/// The SQL of who is alive, and of what was left by those who are not: a process that has a row is alive, and whoever finds one whose time is over removes it. Stateless, thread-safe.
/// </summary>
internal static class WorkerTable
{
    // What nobody has who is alive.
    private const string Orphans = "SELECT id, kind, worker FROM headgate_operations WHERE ended IS NULL AND worker NOT IN (SELECT instance FROM headgate_operation_workers)";

    public static ValueTask<int> BeginAsync(StoreSession session, string instance, string home, DateTimeOffset until) =>
        session.ExecuteAsync("INSERT INTO headgate_operation_workers (instance, home, lease_until) VALUES ($1, $2, $3)", instance, home, until);

    /// <summary>Says that a process lives, and ends the terms of those that did not for too long; false when another has ended this one's.</summary>
    public static async ValueTask<bool> RenewAsync(StoreSession session, string instance, DateTimeOffset now)
    {
        bool renewed = await session.ExecuteAsync("UPDATE headgate_operation_workers SET lease_until = $2 WHERE instance = $1", instance, now + WorkerTerm.LeaseTime).ConfigureAwait(false) == 1;
        await session.ExecuteAsync("DELETE FROM headgate_operation_workers WHERE lease_until <= $1", now).ConfigureAwait(false);
        return renewed;
    }

    /// <summary>Hands back everything that a process has: it waits for another from now on.</summary>
    public static ValueTask<int> HandBackAsync(StoreSession session, string instance, DateTimeOffset now) =>
        session.ExecuteAsync("UPDATE headgate_operations SET worker = '', state = 'pending', updated = $2 WHERE worker = $1 AND ended IS NULL", instance, now);

    /// <summary>Ends the term of a process, so that others need not wait.</summary>
    public static ValueTask<int> EndAsync(StoreSession session, string instance) => session.ExecuteAsync("DELETE FROM headgate_operation_workers WHERE instance = $1", instance);

    /// <summary>Ends the terms of all others: nobody but this process can use the store.</summary>
    public static ValueTask<int> EndOthersAsync(StoreSession session, string instance) => session.ExecuteAsync("DELETE FROM headgate_operation_workers WHERE instance <> $1", instance);

    /// <summary>Ends the terms of those who had a home before this process: one alone can have it at a time.</summary>
    public static ValueTask<int> EndPredecessorsAsync(StoreSession session, string instance, string home) =>
        session.ExecuteAsync("DELETE FROM headgate_operation_workers WHERE home = $1 AND home <> '' AND instance <> $2", home, instance);

    /// <summary>Operations of a kind that nobody has who is alive.</summary>
    public static ValueTask<IReadOnlyList<Orphan>> ListOrphansAsync(StoreSession session, string kind, int most) =>
        session.ListAsync($"{Orphans} AND kind = $1 LIMIT $2", Read, kind, most);

    /// <summary>Operations of whichever kind that nobody has had since a time.</summary>
    public static ValueTask<IReadOnlyList<Orphan>> ListForgottenAsync(StoreSession session, DateTimeOffset since, int most) =>
        session.ListAsync($"{Orphans} AND updated <= $1 LIMIT $2", Read, since, most);

    /// <summary>Takes an operation over from who had it; null when another was faster.</summary>
    public static ValueTask<OperationRecord?> TakeAsync(StoreSession session, Orphan orphan, string instance, DateTimeOffset now) => session.FindAsync(
        $"""
        UPDATE headgate_operations SET worker = $1, epoch = epoch + 1, takeovers = takeovers + CASE WHEN worker IN ('', $1) THEN 0 ELSE 1 END, state = 'in_progress', updated = $2
        WHERE id = $3 AND worker = $4 AND ended IS NULL RETURNING {OperationTable.Columns}
        """,
        OperationTable.ReadAll, instance, now, orphan.Id, orphan.Worker);

    /// <summary>Which operations of a process somebody wants to end.</summary>
    public static ValueTask<IReadOnlyList<(string Id, DateTimeOffset At)>> ListCancelledAsync(StoreSession session, string instance) => session.ListAsync(
        "SELECT id, cancel_requested FROM headgate_operations WHERE worker = $1 AND ended IS NULL AND cancel_requested IS NOT NULL", row => (row.GetString(0), row.GetTime(1)), instance);

    private static Orphan Read(StoreRow row) => new(row.GetString(0), row.GetString(1), row.GetString(2));
}
