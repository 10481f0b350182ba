using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>
/// The database's file and what every connection to it must be. Connections of an older generation are to be closed: the file behind them is another, or
/// what they hold of it is not to be trusted. Thread-safe.
/// </summary>
internal sealed class SqliteFile(string path, TimeSpan lockTimeout)
{
    // After a long reader the log may have grown; it is cut back to this.
    private const int LogBytes = 64 * 1024 * 1024;

    // What keys and ids are found by is in no order: with SQLite's own 2 MiB most pages that are written would have to be read first, and put into the file again and again.
    private const int CacheBytes = 16 * 1024 * 1024;
    private const int CheckpointPages = 4_000;

    private int _generation;
    private volatile StoreProblem? _problem = new(StoreErrorKind.Gone, path, "is not open yet", "Open it first.");

    public string Path => path;

    /// <summary>Counts how often every connection had to be opened anew.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Why nobody may read until the writer has opened the file anew; null when everybody may.</summary>
    public StoreProblem? Problem => _problem;

    /// <summary>Has every connection opened anew after a failure that leaves what it holds of the file in doubt.</summary>
    /// <returns>Whether the failure is of that kind.</returns>
    public bool Distrust(Exception failure)
    {
        if (failure is not StoreException { Problem: { Kind: StoreErrorKind.Gone or StoreErrorKind.Corrupt or StoreErrorKind.Failing } problem })
            return false;
        _problem = problem;
        Interlocked.Increment(ref _generation);
        return true;
    }

    /// <summary>The file is open, and its tables are this program's.</summary>
    public void Validate() => _problem = null;

    /// <summary>Opens a connection that writes.</summary>
    /// <param name="mayCreate">Whether a file that is not there is made: only ever at the start, or a lost store would come back empty.</param>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public SqliteConnection OpenWriter(bool mayCreate)
    {
        if (mayCreate)
            Create();
        return Open(SqliteOpenMode.ReadWrite, $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit={LogBytes}; PRAGMA cache_size=-{CacheBytes / 1024}; PRAGMA wal_autocheckpoint={CheckpointPages}");
    }

    /// <summary>Opens a connection that reads a database in use.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadWrite, "PRAGMA query_only=ON");

    /// <summary>Opens a connection that changes nothing, not even a log left by a crash.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public SqliteConnection OpenReadOnly() => Open(SqliteOpenMode.ReadOnly, "PRAGMA query_only=ON");

    /// <summary>Makes the file and opens a connection that fills it with a copy.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public SqliteConnection OpenEmpty()
    {
        Create();
        return Open(SqliteOpenMode.ReadWrite, "PRAGMA synchronous=FULL");
    }

    /// <summary>Whether what a connection writes would not be found at the path.</summary>
    public bool IsLost(SqliteConnection connection) =>
        SqliteRuntime.FileHasMoved(connection.Handle!) || !File.Exists(path + "-wal");

    /// <summary>Closes a connection; the file of another database that may lie there by now is left alone.</summary>
    public static void Close(SqliteConnection connection)
    {
        if (connection.Handle is { } handle && SqliteRuntime.FileHasMoved(handle))
            SqliteRuntime.KeepLogFile(handle);
        connection.Dispose();
    }

    private SqliteConnection Open(SqliteOpenMode mode, string pragmas)
    {
        CheckLibrary();
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)lockTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout={(int)lockTimeout.TotalMilliseconds}; {pragmas}";
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw SqliteErrors.Explain(exception, path);
        }
    }

    private void CheckLibrary()
    {
        try
        {
            _ = SqliteRuntime.Version;
        }
        catch (DllNotFoundException exception)
        {
            throw new StoreException(SqliteErrors.NoLibrary(path, exception.Message), exception);
        }
    }

    // It holds hashes of keys: nobody else's business. SQLite gives the files beside it the same mode.
    private void Create()
    {
        if (File.Exists(path))
            return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(SqliteErrors.CannotMake(path, exception), exception);
        }
    }
}
