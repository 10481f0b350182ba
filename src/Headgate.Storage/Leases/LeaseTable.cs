using Headgate.Storage.Migrations;

namespace Headgate.Storage.Leases;

/// <summary>
/// Leases in a store: at most one owner at a time, each with a deadline after which another may take over. Thread-safe.
/// </summary>
/// <remarks>
/// Deadlines are by the clock of whoever asks, so a wrong clock can hand a lease over early. What protects the work is the token: a command under a lease
/// calls <see cref="EnsureHeldAsync"/> first, in its own transaction, and does nothing when the lease has changed hands.
/// </remarks>
public sealed class LeaseTable(Store store, TimeProvider time)
{
    /// <summary>The table of leases.</summary>
    public static MigrationSet Migrations { get; } = new("leases", new Migration(1, "create leases", """
        CREATE TABLE headgate_leases (
            name TEXT PRIMARY KEY,
            owner TEXT NOT NULL,
            token BIGINT NOT NULL,
            deadline BIGINT NOT NULL)
        """));

    /// <summary>Takes a lease that nobody holds; null when somebody does, the caller included.</summary>
    public Task<Lease?> TryTakeAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset deadline = now + duration;
        return store.WriteAsync(
            session => session.FindAsync(
                """
                INSERT INTO headgate_leases (name, owner, token, deadline) VALUES ($1, $2, 1, $3)
                ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, token = headgate_leases.token + 1, deadline = excluded.deadline
                WHERE headgate_leases.deadline <= $4
                RETURNING token
                """,
                row => new Lease(name, owner, row.GetInt64(0), deadline),
                name, owner, deadline, now),
            cancellationToken);
    }

    /// <summary>Moves the deadline of a lease; null when another has taken it. One whose deadline is over, but which nobody took, is renewed.</summary>
    public async Task<Lease?> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        Lease renewed = lease with { Deadline = time.GetUtcNow() + duration };
        int rows = await store.WriteAsync(
            session => session.ExecuteAsync("UPDATE headgate_leases SET deadline = $1 WHERE name = $2 AND token = $3 AND deadline > 0", renewed.Deadline, lease.Name, lease.Token),
            cancellationToken).ConfigureAwait(false);
        return rows == 1 ? renewed : null;
    }

    /// <summary>Gives a lease back, so that the next need not wait. Nothing happens when another has taken it.</summary>
    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) => store.WriteAsync(
        session => session.ExecuteAsync("UPDATE headgate_leases SET deadline = 0 WHERE name = $1 AND token = $2", lease.Name, lease.Token),
        cancellationToken);

    /// <summary>Undoes the command that calls it, unless the lease is still its holder's.</summary>
    /// <exception cref="LeaseLostException">Another has taken it, or it was given back.</exception>
    public static async ValueTask EnsureHeldAsync(StoreSession session, Lease lease)
    {
        bool held = await session.FindAsync("SELECT 1 FROM headgate_leases WHERE name = $1 AND token = $2 AND deadline > 0", _ => true, lease.Name, lease.Token).ConfigureAwait(false);
        if (!held)
            throw new LeaseLostException(lease);
    }
}
