namespace Headgate.Storage;

/// <summary>One row of a result, read by the position of its columns, from 0. Only of use while it is read.</summary>
public readonly struct StoreRow
{
    private readonly StoreCursor _cursor;

    internal StoreRow(StoreCursor cursor) => _cursor = cursor;

    /// <summary>Whether a column is null.</summary>
    public bool IsNull(int column) => _cursor.IsNull(column);

    /// <summary>Text.</summary>
    public string GetString(int column) => _cursor.GetString(column);

    /// <summary>Text, or null.</summary>
    public string? GetStringOrNull(int column) => IsNull(column) ? null : GetString(column);

    /// <summary>A whole number.</summary>
    public long GetInt64(int column) => _cursor.GetInt64(column);

    /// <summary>A whole number, or null.</summary>
    public long? GetInt64OrNull(int column) => IsNull(column) ? null : GetInt64(column);

    /// <summary>A whole number that fits into 32 bits.</summary>
    public int GetInt32(int column) => checked((int)GetInt64(column));

    /// <summary>A floating-point number.</summary>
    public double GetDouble(int column) => _cursor.GetDouble(column);

    /// <summary>True or false.</summary>
    public bool GetBoolean(int column) => _cursor.GetBoolean(column);

    /// <summary>Bytes.</summary>
    public byte[] GetBytes(int column) => _cursor.GetBytes(column);

    /// <summary>Bytes, or null.</summary>
    public byte[]? GetBytesOrNull(int column) => IsNull(column) ? null : GetBytes(column);

    /// <summary>A time, kept as Unix milliseconds.</summary>
    public DateTimeOffset GetTime(int column) => DateTimeOffset.FromUnixTimeMilliseconds(GetInt64(column));

    /// <summary>A time, or null.</summary>
    public DateTimeOffset? GetTimeOrNull(int column) => IsNull(column) ? null : GetTime(column);
}
