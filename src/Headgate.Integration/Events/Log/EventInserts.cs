using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Headgate.Storage;

namespace Headgate.Integration.Events.Log;

/// <summary>Puts events into the log's tables. Immutable, thread-safe.</summary>
internal sealed class EventInserts
{
    private const int ColumnCount = 17;

    // Rows of one statement to a server, of which each is a wait for it. A statement is kept prepared, and its server's plan with it: so there are few, for batches as people make them.
    private static readonly int[] s_rowsOfServers = [100, 10, 1];

    // SQLite is in this process: many rows at once save nothing.
    private static readonly int[] s_rowsOfFiles = [1];

    private readonly int[] _rowsAtOnce;
    private readonly FrozenDictionary<int, string> _statements;

    /// <param name="engine">The engine of the store.</param>
    public EventInserts(StoreEngine engine)
    {
        _rowsAtOnce = engine == StoreEngine.PostgreSql ? s_rowsOfServers : s_rowsOfFiles;
        _statements = _rowsAtOnce.ToFrozenDictionary(rows => rows, rows => engine == StoreEngine.PostgreSql ? WithArrivals(InsertOf(rows)) : InsertOf(rows));
    }

    /// <summary>How many rows the next statement inserts of so many.</summary>
    public int RowsOf(int left) => _rowsAtOnce.First(rows => rows <= left);

    /// <summary>Inserts events that the log does not have yet.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="events">As many as <see cref="RowsOf"/> says.</param>
    /// <param name="ids">The ids that they get.</param>
    /// <param name="now">When.</param>
    /// <returns>How many were inserted.</returns>
    public ValueTask<int> InsertAsync(StoreSession session, ReadOnlySpan<NewEvent> events, ReadOnlySpan<string> ids, DateTimeOffset now)
    {
        object?[] values = new object?[events.Length * ColumnCount];
        for (int i = 0; i < events.Length; i++)
            Fill(values.AsSpan(i * ColumnCount, ColumnCount), events[i], ids[i], now);
        return session.ExecuteAsync(_statements[events.Length], values);
    }

    /// <summary>The statement that inserts one event, unless the log has it.</summary>
    public StoreStatement StatementOf(NewEvent candidate, string id, DateTimeOffset now)
    {
        object?[] values = new object?[ColumnCount];
        Fill(values, candidate, id, now);
        return new StoreStatement(_statements[1], values);
    }

    private static void Fill(Span<object?> values, NewEvent candidate, string id, DateTimeOffset now)
    {
        values[0] = id;
        values[1] = candidate.AggregateType;
        values[2] = candidate.AggregateId;
        values[3] = candidate.Type;
        values[4] = candidate.Payload;
        values[5] = candidate.Tenant ?? "";
        values[6] = candidate.Source;
        values[7] = candidate.ProducerId ?? id;
        values[8] = candidate.Time ?? now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        values[9] = candidate.CorrelationId;
        values[10] = candidate.CausationId;
        values[11] = candidate.DataSchema;
        values[12] = candidate.DataContentType;
        values[13] = candidate.Subject;
        values[14] = candidate.Extensions;
        values[15] = now;
        values[16] = AggregateSlot.Of(candidate.Tenant, candidate.AggregateType, candidate.AggregateId);
    }

    private static string InsertOf(int rows)
    {
        var sql = new StringBuilder($"INSERT INTO headgate_events ({EventTable.Columns}) VALUES ");
        for (int row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            sql.AppendJoin(", ", Enumerable.Range((row * ColumnCount) + 1, ColumnCount).Select(value => $"${value}")).Append(')');
        }

        return sql.Append(" ON CONFLICT (tenant, source, producerid) DO NOTHING").ToString();
    }

    // What has arrived waits for its offset.
    private static string WithArrivals(string insert) =>
        $"WITH arrived AS ({insert} RETURNING arrival) INSERT INTO headgate_event_arrivals (arrival) SELECT arrival FROM arrived";
}
