namespace Headgate.Gateway.Roles;

/// <summary>
/// The roles and assignments that requests are checked against: the last snapshot of the store, which stays in force while the store cannot be read. Lives longer than a plan.
/// Thread-safe.
/// </summary>
public sealed class KnownRoles
{
    private readonly Lock _lock = new();
    private RoleSnapshot _current = RoleSnapshot.Empty;
    private long _readAtTicks;

    /// <summary>The snapshot in force.</summary>
    public RoleSnapshot Current => Volatile.Read(ref _current);

    /// <summary>When the store was read last; null when it never was, as in a command that looks at documents alone.</summary>
    public DateTimeOffset? ReadAt => Interlocked.Read(ref _readAtTicks) is not 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Takes what the store said.</summary>
    internal void Take(RoleChanges? changes, DateTimeOffset readAt)
    {
        lock (_lock)
        {
            if (changes is not null)
                Volatile.Write(ref _current, _current.With(changes));
            Interlocked.Exchange(ref _readAtTicks, readAt.UtcTicks);
        }
    }
}
