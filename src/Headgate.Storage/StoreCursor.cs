namespace Headgate.Storage;

/// <summary>The rows of a result, one after the other, as an engine has them. Columns are counted from 0. Not thread-safe.</summary>
internal abstract class StoreCursor : IAsyncDisposable
{
    /// <summary>Goes to the next row; false after the last.</summary>
    public abstract ValueTask<bool> ReadAsync();

    public abstract bool IsNull(int column);

    public abstract string GetString(int column);

    public abstract long GetInt64(int column);

    public abstract double GetDouble(int column);

    public abstract bool GetBoolean(int column);

    public abstract byte[] GetBytes(int column);

    /// <summary>Lets go of the result, read to its end or not.</summary>
    public abstract ValueTask DisposeAsync();
}
