using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Says in the store's words what SQLite and the file system report.</summary>
internal static class SqliteErrors
{
    // https://sqlite.org/rescode.html
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;
    private const int MovedWhileOpen = 1032;

    // A full disk can be met while the shared memory beside the log grows.
    private const int SharedMemoryWrite = 4874;

    private const string Access = "Give this user read and write access to the file and its directory, and see that the disk is not mounted read-only.";

    /// <summary>What a driver's exception means.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="path">The database's file.</param>
    /// <param name="sql">The statement; null when it was none of a feature.</param>
    public static StoreException Explain(DbException exception, string path, string? sql = null)
    {
        var sqlite = exception as SqliteException;
        return new StoreException(Problem(sqlite?.SqliteErrorCode ?? 0, sqlite?.SqliteExtendedErrorCode ?? 0, exception.Message, path, sql), exception);
    }

    /// <summary>The file is not (or no longer) at its place.</summary>
    public static StoreProblem Gone(string path) =>
        new(StoreErrorKind.Gone, path, "was removed, moved or replaced while it was open", "Put it back, with the files -wal and -shm beside it, or restore a backup; it is used again as soon as it is there.");

    /// <summary>The program finds no library.</summary>
    public static StoreProblem NoLibrary(string path, string reason) =>
        new(StoreErrorKind.Failing, path, $"needs the operating system's SQLite: {reason.ReplaceLineEndings(" ").Trim('.', ' ')}", "Install it (Debian: apt-get install libsqlite3-0), or keep the store on a server: --store postgres://….");

    /// <summary>The file system does not let the file be made.</summary>
    public static StoreProblem CannotMake(string path, Exception exception) => exception is UnauthorizedAccessException
        ? Denied(path)
        : exception is DirectoryNotFoundException
            ? new StoreProblem(StoreErrorKind.Gone, path, "lies in a directory that is not there", "Make the directory, or choose another file.")
            : new StoreProblem(StoreErrorKind.Failing, path, $"cannot be made: {exception.Message.TrimEnd('.')}", "Choose another file.");

    private static StoreProblem Problem(int code, int extended, string message, string path, string? sql) => (code, extended) switch
    {
        (_, MovedWhileOpen) => Gone(path),
        (Full, _) or (_, SharedMemoryWrite) => new(StoreErrorKind.Full, path, "cannot be written: the disk or a quota on it is full", "Free space there, or move the store; it is used again as soon as there is room."),
        (Busy or Locked, _) => new(StoreErrorKind.Locked, path, "is locked by another process", "End the program that holds it (sqlite3, a backup tool, another Headgate); it is used again as soon as the lock is gone."),
        (ReadOnly, _) => new(StoreErrorKind.ReadOnly, path, "can only be read", Access),
        (Corrupt, _) => Damaged(path),
        (NotADatabase, _) => Damaged(path) with { Reason = "is no SQLite database, or damaged" },
        (Permission, _) => Denied(path),
        (CannotOpen, _) => File.Exists(path) ? Denied(path) : Gone(path),
        (InputOutput, _) => new(StoreErrorKind.Failing, path, $"cannot be read or written: {Detail(message)}", "See what the operating system says of the disk; the store is used again as soon as it works."),
        (Constraint, _) => new(StoreErrorKind.Constraint, path, $"refuses what a constraint forbids: {Detail(message)}", "This is a bug of the program."),
        _ => new(StoreErrorKind.Statement, path, $"refuses the statement '{sql}': {Detail(message)}", "This is a bug of the program."),
    };

    /// <summary>What the file holds contradicts itself.</summary>
    public static StoreProblem Damaged(string path) =>
        new(StoreErrorKind.Corrupt, path, "is damaged", "Keep a copy of it and its -wal, and put a backup in its place (headgate store backup makes them).");

    private static StoreProblem Denied(string path) =>
        new(StoreErrorKind.Denied, path, "cannot be opened for writing", Access);

    // The driver's own words around SQLite's: "SQLite Error 1: 'no such table: x'."
    private static string Detail(string message)
    {
        int open = message.IndexOf('\'', StringComparison.Ordinal);
        int close = message.LastIndexOf('\'');
        return open >= 0 && close > open ? message[(open + 1)..close] : message;
    }
}
