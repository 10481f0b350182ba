using System.Data.Common;

namespace Headgate.Storage.PostgreSql;

/// <summary>The rows of a result as they come from the server.</summary>
internal sealed class PostgreSqlCursor(DbDataReader reader) : StoreCursor
{
    public override ValueTask<bool> ReadAsync() => new(reader.ReadAsync());

    public override bool IsNull(int column) => reader.IsDBNull(column);

    public override string GetString(int column) => reader.GetString(column);

    public override long GetInt64(int column) => reader.GetInt64(column);

    public override double GetDouble(int column) => reader.GetDouble(column);

    public override bool GetBoolean(int column) => reader.GetBoolean(column);

    public override byte[] GetBytes(int column) => reader.GetFieldValue<byte[]>(column);

    public override ValueTask DisposeAsync() => reader.DisposeAsync();
}
