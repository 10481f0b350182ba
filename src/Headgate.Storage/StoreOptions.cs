namespace Headgate.Storage;

/// <summary>Bounds and times of a store. Every queue has an end, and nothing waits for ever.</summary>
public sealed record StoreOptions
{
    /// <summary>Commands that may wait at once, and as many queries. More are refused as <see cref="StoreErrorKind.Overloaded"/>.</summary>
    public int MaxWaiting { get; init; } = 4096;

    /// <summary>How long work may wait to begin, or meet conflicts again and again, before it is given up.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long another process may hold the database's lock before work is refused as <see cref="StoreErrorKind.Locked"/>. SQLite; whole seconds, 1 or more.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Commands that are committed together at most; on PostgreSQL those that are scripts.</summary>
    public int MaxGroup { get; init; } = 256;

    /// <summary>Threads that read, each with its connection. SQLite.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>Prepared statements that each connection keeps; beyond it starts anew.</summary>
    public int MaxPrepared { get; init; } = 256;

    /// <summary>Connections to the server, for commands and queries together. PostgreSQL.</summary>
    public int Connections { get; init; } = 16;

    /// <summary>How long a connection to the server may take to come about. PostgreSQL; whole seconds, 1 or more.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement may run. PostgreSQL; whole seconds, 1 or more.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a transaction may stand still between two statements before the server ends it: its process is suspended or cut off, and what it locks would hold up all others. Shorter than the
    /// leases by which others find out that it stands still. PostgreSQL.
    /// </summary>
    public TimeSpan IdleInTransactionTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long another instance may run migrations before the start is given up. PostgreSQL.</summary>
    public TimeSpan MigrationTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a healthy store is read to see whether it still is.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often an unhealthy store is written to see whether it recovered.</summary>
    public TimeSpan RecoveryInterval { get; init; } = TimeSpan.FromSeconds(1);
}
