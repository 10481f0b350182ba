using System.Data.Common;
using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>Says in the store's words what the driver and the server report.</summary>
internal static class PostgreSqlErrors
{
    // idle_in_transaction_session_timeout, which the driver has no name for.
    private const string StoodStill = "25P03";

    /// <summary>What a driver's exception means.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="place">The store.</param>
    /// <param name="sql">The statement; null when it was none of a feature.</param>
    public static StoreException Explain(DbException exception, string place, string? sql = null)
    {
        StoreProblem problem = exception switch
        {
            PostgresException server => Problem(server, place, sql),
            { InnerException: TimeoutException } => TimedOut(place),
            _ => Unreachable(place, Innermost(exception).Message),
        };
        return new StoreException(problem, exception);
    }

    /// <summary>What it means that no connection came about.</summary>
    public static StoreException ExplainConnecting(DbException exception, string place) => exception is PostgresException
        ? Explain(exception, place)
        : new StoreException(Unreachable(place, Innermost(exception).Message), exception);

    /// <summary>Whether the same command may succeed when it runs again, since it met another one.</summary>
    public static bool IsConflict(Exception? exception) =>
        Driver(exception) is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>Whether the connection broke, as pooled ones do when the server was restarted since, or that of a process which stood still.</summary>
    public static bool IsBroken(Exception? exception) =>
        Driver(exception) is NpgsqlException and not PostgresException
            or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or StoodStill };

    public static StoreProblem Contended(string place, TimeSpan tried) =>
        new(StoreErrorKind.Contended, place, $"met conflicting commands for {tried.TotalSeconds:0.###} s", "Nothing of it happened. Repeat it later.");

    public static StoreProblem MigrationLocked(string place, TimeSpan tried) =>
        new(StoreErrorKind.Locked, place, $"is being brought up to date by another instance for more than {tried.TotalSeconds:0.###} s", "Wait until that is done; SELECT * FROM pg_locks WHERE locktype = 'advisory' names its process.");

    // https://www.postgresql.org/docs/15/errcodes-appendix.html
    private static StoreProblem Problem(PostgresException server, string place, string? sql) => server.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new(StoreErrorKind.Full, place, "cannot be written: the server's disk is full", "Free space on the server; the store is used again as soon as there is room."),
        PostgresErrorCodes.ReadOnlySqlTransaction => new(StoreErrorKind.ReadOnly, place, "can only be read", "Name the primary server and not a standby, and see that default_transaction_read_only is off."),
        PostgresErrorCodes.InvalidCatalogName => new(StoreErrorKind.Gone, place, "does not exist on its server", "Make the database (CREATE DATABASE), or name another."),
        PostgresErrorCodes.InsufficientPrivilege => new(StoreErrorKind.Denied, place, $"does not allow this user what is needed: {server.MessageText}", "Make this user the owner of the database: ALTER DATABASE … OWNER TO …."),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => new(StoreErrorKind.Corrupt, place, $"is damaged: {server.MessageText}", "See the server's log, and restore a backup."),
        PostgresErrorCodes.LockNotAvailable => new(StoreErrorKind.Locked, place, "is locked by another session", "End what holds the lock (SELECT * FROM pg_locks); the store is used again as soon as it is gone."),
        PostgresErrorCodes.QueryCanceled => TimedOut(place),
        StoodStill => new(StoreErrorKind.TimedOut, place, "waited in vain for this process, which stood still in the middle of a command", "Nothing of it happened. Repeat it; if this lasts, see why the process stands still."),
        PostgresErrorCodes.TooManyConnections => Unreachable(place, "it has as many connections as it may"),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Unreachable(place, server.MessageText),
        var code when code.StartsWith("28", StringComparison.Ordinal) => new(StoreErrorKind.Denied, place, $"refuses the login: {server.MessageText}", "Check user and password (HEADGATE__STORE, or PGPASSWORD), and the server's pg_hba.conf."),
        var code when code.StartsWith("23", StringComparison.Ordinal) => new(StoreErrorKind.Constraint, place, $"refuses what a constraint forbids: {server.MessageText}", "This is a bug of the program."),
        var code when code.StartsWith("08", StringComparison.Ordinal) => Unreachable(place, server.MessageText),
        var code when code.StartsWith("58", StringComparison.Ordinal) || code.StartsWith("53", StringComparison.Ordinal) || code.StartsWith("XX", StringComparison.Ordinal) =>
            new(StoreErrorKind.Failing, place, $"reports that it cannot go on: {server.MessageText}", "See the server's log; the store is used again as soon as it works."),
        _ => new(StoreErrorKind.Statement, place, $"refuses the statement '{sql}': {server.MessageText}", "This is a bug of the program."),
    };

    private static StoreProblem Unreachable(string place, string reason) =>
        new(StoreErrorKind.Unreachable, place, $"cannot be reached: {reason.TrimEnd('.')}", "See that the server runs and that host, port and sslmode are right; the store is used again as soon as it answers.");

    private static StoreProblem TimedOut(string place) =>
        new(StoreErrorKind.TimedOut, place, "did not answer in time", "Repeat it later; if this lasts, see what the server is doing (pg_stat_activity).");

    private static Exception? Driver(Exception? exception) => exception is StoreException { InnerException: { } inner } ? inner : exception;

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
