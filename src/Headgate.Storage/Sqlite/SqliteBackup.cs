using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Copies a store in a file while it is in use.</summary>
public static class SqliteBackup
{
    /// <summary>
    /// Writes a copy of the store as it is at this moment. It appears under its name when it is complete and on the disk: a file of that name is never half
    /// a backup. Writers are not held up. Blocks until it is done.
    /// </summary>
    /// <param name="location">The store; a file.</param>
    /// <param name="destination">The file to write; another is replaced.</param>
    /// <returns>Bytes of the copy.</returns>
    /// <exception cref="StoreException">The store cannot be read, or the copy cannot be written.</exception>
    public static long Write(StoreLocation location, string destination)
    {
        string path = location.Path ?? throw new ArgumentException("Only a store in a file is copied like this.", nameof(location));
        if (!File.Exists(path))
            throw new StoreException(new StoreProblem(StoreErrorKind.Gone, path, "does not exist", "Name the store with --store, or its directory with --data."));
        string partial = Path.GetFullPath(destination) + ".partial";
        try
        {
            Copy(path, partial);
            using (var written = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
                written.Flush(flushToDisk: true);
            File.Move(partial, destination, overwrite: true);
            return new FileInfo(destination).Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(SqliteErrors.CannotMake(destination, exception), exception);
        }
        finally
        {
            if (File.Exists(partial))
                File.Delete(partial);
        }
    }

    private static void Copy(string path, string partial)
    {
        var file = new SqliteFile(path, new StoreOptions().LockTimeout);
        using SqliteConnection source = file.OpenReadOnly();
        File.Delete(partial);
        var copy = new SqliteFile(partial, new StoreOptions().LockTimeout);
        using SqliteConnection target = copy.OpenEmpty();
        try
        {
            source.BackupDatabase(target);
        }
        catch (SqliteException exception)
        {
            // SQLite reports on the side that it happened on, which only the code tells.
            throw SqliteErrors.Explain(exception, exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL ? partial : path);
        }
    }
}
