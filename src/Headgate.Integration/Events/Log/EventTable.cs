using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Headgate.Storage;

namespace Headgate.Integration.Events.Log;

/// <summary>The SQL of the event log, the same on both engines. Stateless, thread-safe.</summary>
internal static class EventTable
{
    // Rows of one statement to a server, of which each is a wait for it. A statement is kept prepared, and its server's plan with it: so there are few, for batches as people make them.
    private static readonly int[] s_rowsAtOnce = [100, 10, 1];

    private const string Columns = "id, aggregatetype, aggregateid, type, payload, tenant, source, producerid, time, correlationid, causationid, dataschema, datacontenttype, subject, extensions, appendedat, slot";
    private const int ColumnCount = 17;

    private static readonly FrozenDictionary<int, string> s_inserts = s_rowsAtOnce.ToFrozenDictionary(rows => rows, InsertOf);

    /// <summary>How many rows the next statement to a server inserts of so many.</summary>
    public static int RowsOf(int left) => s_rowsAtOnce.First(rows => rows <= left);

    /// <summary>Inserts events that the log does not have yet.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="events">As many as <see cref="RowsOf"/> says.</param>
    /// <param name="ids">The ids that they get.</param>
    /// <param name="now">When.</param>
    /// <returns>How many were inserted.</returns>
    public static ValueTask<int> InsertAsync(StoreSession session, ReadOnlySpan<NewEvent> events, ReadOnlySpan<string> ids, DateTimeOffset now)
    {
        object?[] values = new object?[events.Length * ColumnCount];
        for (int i = 0; i < events.Length; i++)
            Fill(values.AsSpan(i * ColumnCount, ColumnCount), events[i], ids[i], now);
        return session.ExecuteAsync(s_inserts[events.Length], values);
    }

    /// <summary>The statement that inserts one event, unless the log has it.</summary>
    public static StoreStatement StatementOf(NewEvent candidate, string id, DateTimeOffset now)
    {
        object?[] values = new object?[ColumnCount];
        Fill(values, candidate, id, now);
        return new StoreStatement(s_inserts[1], values);
    }

    /// <summary>The log's id of an event that it has.</summary>
    public static ValueTask<string?> FindIdAsync(StoreSession session, string tenant, string source, string producerId) =>
        session.FindAsync("SELECT id FROM headgate_events WHERE tenant = $1 AND source = $2 AND producerid = $3", row => row.GetString(0), tenant, source, producerId);

    /// <summary>An event by its id, or null.</summary>
    public static ValueTask<StoredEvent?> FindAsync(StoreSession session, string id) =>
        session.FindAsync($"SELECT log_offset, {Columns} FROM headgate_events WHERE id = $1 AND log_offset IS NOT NULL", Read, id);

    /// <summary>Events by what it takes to choose, after an offset.</summary>
    public static ValueTask<IReadOnlyList<EventHeader>> ListHeadersAsync(StoreSession session, long after, int most) => session.ListAsync(
        "SELECT log_offset, type, tenant, slot, CAST(length(payload) AS BIGINT), appendedat FROM headgate_events WHERE log_offset > $1 ORDER BY log_offset LIMIT $2",
        row => new EventHeader(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4), row.GetTime(5)),
        after, most);

    /// <summary>The events from one offset to another that a reader wants.</summary>
    public static async ValueTask<IReadOnlyList<StoredEvent>> ListAsync(StoreSession session, long first, long last, EventFilter filter)
    {
        IReadOnlyList<StoredEvent?> found = await session.ListAsync(
            $"SELECT log_offset, {Columns} FROM headgate_events WHERE log_offset >= $1 AND log_offset <= $2 ORDER BY log_offset",
            row => filter.Matches(row.GetString(4), row.GetString(6), row.GetInt32(17)) ? Read(row) : null,
            first, last).ConfigureAwait(false);
        return [.. found.OfType<StoredEvent>()];
    }

    /// <summary>The offset up to which events were deleted; 0 for none.</summary>
    public static ValueTask<long> TrimmedAsync(StoreSession session) => session.FindAsync("SELECT through FROM headgate_event_trim WHERE id = 1", row => row.GetInt64(0));

    /// <summary>The offset of the last event that ever was; 0 before the first.</summary>
    public static ValueTask<long> EndAsync(StoreSession session) => session.FindAsync(
        "SELECT COALESCE(MAX(log_offset), (SELECT through FROM headgate_event_trim WHERE id = 1)) FROM headgate_events", row => row.GetInt64(0));

    /// <summary>Deletes events up to an offset.</summary>
    /// <returns>How many there were.</returns>
    public static async ValueTask<int> TrimAsync(StoreSession session, long through)
    {
        int deleted = await session.ExecuteAsync("DELETE FROM headgate_events WHERE log_offset <= $1", through).ConfigureAwait(false);
        await session.ExecuteAsync("UPDATE headgate_event_trim SET through = $1 WHERE id = 1 AND through < $1", through).ConfigureAwait(false);
        return deleted;
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

    private static StoredEvent Read(StoreRow row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetTime(16),
        new NewEvent
        {
            AggregateType = row.GetString(2),
            AggregateId = row.GetString(3),
            Type = row.GetString(4),
            Payload = row.GetBytes(5),
            Tenant = row.GetString(6) is { Length: > 0 } tenant ? tenant : null,
            Source = row.GetString(7),
            ProducerId = row.GetString(8),
            Time = row.GetString(9),
            CorrelationId = row.GetStringOrNull(10),
            CausationId = row.GetStringOrNull(11),
            DataSchema = row.GetStringOrNull(12),
            DataContentType = row.GetStringOrNull(13),
            Subject = row.GetStringOrNull(14),
            Extensions = row.GetStringOrNull(15),
        });

    private static string InsertOf(int rows)
    {
        var sql = new StringBuilder($"INSERT INTO headgate_events ({Columns}) VALUES ");
        for (int row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            sql.AppendJoin(", ", Enumerable.Range((row * ColumnCount) + 1, ColumnCount).Select(value => $"${value}")).Append(')');
        }

        return sql.Append(" ON CONFLICT (tenant, source, producerid) DO NOTHING").ToString();
    }
}
