namespace Headgate.Storage;

/// <summary>What keeps the data.</summary>
public enum StoreEngine
{
    /// <summary>A file, through the operating system's SQLite.</summary>
    Sqlite,

    /// <summary>A database of a PostgreSQL server.</summary>
    PostgreSql,
}
