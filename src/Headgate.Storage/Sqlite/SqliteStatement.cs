using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Headgate.Storage.Sqlite;

/// <summary>
/// A statement that stays prepared as long as its connection is used, and the rows of its result. The driver's command would be taken apart and put together again at each call. Calls complete
/// before they return; errors are the driver's own.
/// </summary>
internal sealed class SqliteStatement : StoreCursor
{
    // https://sqlite.org/c3ref/c_prepare_dont_log.html: it is going to be used many times.
    private const uint Persistent = 1;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    // Which value each parameter takes: SQLite counts them in the order in which they stand in the text.
    private readonly int[] _values;
    private byte[] _text = new byte[256];

    private SqliteStatement(sqlite3 connection, sqlite3_stmt statement)
    {
        (_connection, _statement) = (connection, statement);
        _values = new int[raw.sqlite3_bind_parameter_count(statement)];
        for (int i = 0; i < _values.Length; i++)
            _values[i] = int.Parse(raw.sqlite3_bind_parameter_name(statement, i + 1).utf8_to_string().AsSpan(1), CultureInfo.InvariantCulture) - 1;
    }

    /// <summary>Prepares a statement; null when the text is several.</summary>
    /// <exception cref="SqliteException">It is not SQL, or not for this database.</exception>
    public static SqliteStatement? TryPrepare(sqlite3 connection, string sql)
    {
        Check(raw.sqlite3_prepare_v3(connection, sql, Persistent, out sqlite3_stmt statement, out string tail), connection);
        if (string.IsNullOrWhiteSpace(tail))
            return new SqliteStatement(connection, statement);
        statement.Dispose();
        return null;
    }

    /// <summary>Runs several statements, which take no values.</summary>
    /// <returns>How many rows they inserted, changed or deleted.</returns>
    /// <exception cref="SqliteException">One failed.</exception>
    public static int ExecuteAll(sqlite3 connection, string sql)
    {
        int before = raw.sqlite3_total_changes(connection);
        Check(raw.sqlite3_exec(connection, sql), connection);
        return raw.sqlite3_total_changes(connection) - before;
    }

    /// <summary>Gives the parameters their values.</summary>
    /// <exception cref="ArgumentException">There are not as many values as parameters.</exception>
    public void Bind(object[] values)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (_values[i] >= values.Length)
                throw new ArgumentException($"The statement has no value for ${_values[i] + 1}.");
            Check(Bind(i + 1, values[_values[i]]), _connection);
        }
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it inserted, changed or deleted.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Execute()
    {
        int before = raw.sqlite3_total_changes(_connection);
        try
        {
            while (Step())
            {
                // RETURNING, and nobody wants it.
            }
        }
        finally
        {
            Reset();
        }

        return raw.sqlite3_total_changes(_connection) - before;
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Step()
    {
        int code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(code, _connection);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Makes it ready for the next time, and lets go of its values.</summary>
    public void Reset()
    {
        // Tells once more what the last step failed of, which was told.
        raw.sqlite3_reset(_statement);
        raw.sqlite3_clear_bindings(_statement);
    }

    /// <summary>Ends its life.</summary>
    public void Close() => _statement.Dispose();

    public override ValueTask<bool> ReadAsync() => new(Step());

    public override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public override string GetString(int column) => raw.sqlite3_column_text(_statement, Present(column)).utf8_to_string();

    public override long GetInt64(int column) => raw.sqlite3_column_int64(_statement, Present(column));

    public override double GetDouble(int column) => raw.sqlite3_column_double(_statement, Present(column));

    public override bool GetBoolean(int column) => GetInt64(column) != 0;

    public override byte[] GetBytes(int column) => raw.sqlite3_column_blob(_statement, Present(column)).ToArray();

    public override ValueTask DisposeAsync()
    {
        Reset();
        return default;
    }

    // SQLite would make zero or nothing of it.
    private int Present(int column) => IsNull(column) ? throw new InvalidCastException($"Column {column} is null.") : column;

    private int Bind(int parameter, object value) => value switch
    {
        string text => BindText(parameter, text),
        long number => raw.sqlite3_bind_int64(_statement, parameter, number),
        bool flag => raw.sqlite3_bind_int64(_statement, parameter, flag ? 1 : 0),
        double number => raw.sqlite3_bind_double(_statement, parameter, number),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, parameter, bytes),
        DBNull => raw.sqlite3_bind_null(_statement, parameter),
        _ => throw new ArgumentException($"${parameter} is a {value.GetType().Name}, which a statement does not take."),
    };

    private int BindText(int parameter, string text)
    {
        // The package would give SQLite no address for nothing, which is null there.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(_statement, parameter, "");
        if (Encoding.UTF8.GetMaxByteCount(text.Length) > _text.Length)
        {
            int length = Encoding.UTF8.GetByteCount(text);
            if (length > _text.Length)
                _text = new byte[length];
        }

        return raw.sqlite3_bind_text(_statement, parameter, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    private static void Check(int code, sqlite3 connection)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, connection);
    }
}
