using Headgate.Storage;

namespace Headgate.Integration.Events.Log;

/// <summary>The SQL with which the event log is read, the same on both engines, and made shorter. Stateless, thread-safe.</summary>
internal static class EventTable
{
    /// <summary>The columns of an event but its offset, as they are inserted and read.</summary>
    public const string Columns = "id, aggregatetype, aggregateid, type, payload, tenant, source, producerid, time, correlationid, causationid, dataschema, datacontenttype, subject, extensions, appendedat, slot";

    /// <summary>The log's id of an event that it has.</summary>
    public static ValueTask<string?> FindIdAsync(StoreSession session, object? tenant, object? source, object? producerId) =>
        session.FindAsync("SELECT id FROM headgate_events WHERE tenant = $1 AND source = $2 AND producerid = $3", row => row.GetString(0), tenant, source, producerId);

    /// <summary>The log's ids of events that it has, in the order of the columns by which they are known. On PostgreSQL.</summary>
    public static ValueTask<IReadOnlyList<string>> ListIdsAsync(StoreSession session, object tenants, object sources, object producerIds) => session.ListAsync(
        """
        SELECT id FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (tenant, source, producerid, place)
        JOIN headgate_events USING (tenant, source, producerid) ORDER BY place
        """,
        row => row.GetString(0),
        tenants, sources, producerIds);

    /// <summary>An event by its id, or null.</summary>
    public static ValueTask<StoredEvent?> FindAsync(StoreSession session, string id) =>
        session.FindAsync($"SELECT log_offset, {Columns} FROM headgate_event_log WHERE id = $1", Read, id);

    /// <summary>Events by what it takes to choose, after an offset.</summary>
    public static ValueTask<IReadOnlyList<EventHeader>> ListHeadersAsync(StoreSession session, long after, int most) => session.ListAsync(
        "SELECT log_offset, type, tenant, slot, CAST(length(payload) AS BIGINT), appendedat FROM headgate_event_log WHERE log_offset > $1 ORDER BY log_offset LIMIT $2",
        row => new EventHeader(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4), row.GetTime(5)),
        after, most);

    /// <summary>The events from one offset to another that a reader wants.</summary>
    public static async ValueTask<IReadOnlyList<StoredEvent>> ListAsync(StoreSession session, long first, long last, EventFilter filter)
    {
        IReadOnlyList<StoredEvent?> found = await session.ListAsync(
            $"SELECT log_offset, {Columns} FROM headgate_event_log WHERE log_offset >= $1 AND log_offset <= $2 ORDER BY log_offset",
            row => filter.Matches(row.GetString(4), row.GetString(6), row.GetInt32(17)) ? Read(row) : null,
            first, last).ConfigureAwait(false);
        return [.. found.OfType<StoredEvent>()];
    }

    /// <summary>The offset up to which events were deleted; 0 for none.</summary>
    public static ValueTask<long> TrimmedAsync(StoreSession session) => session.FindAsync("SELECT through FROM headgate_event_trim WHERE id = 1", row => row.GetInt64(0));

    /// <summary>The offset of the last event that ever was; 0 before the first.</summary>
    public static ValueTask<long> EndAsync(StoreSession session) => session.FindAsync(
        "SELECT COALESCE((SELECT log_offset FROM headgate_event_log ORDER BY log_offset DESC LIMIT 1), (SELECT through FROM headgate_event_trim WHERE id = 1))", row => row.GetInt64(0));

    /// <summary>Deletes events up to an offset.</summary>
    /// <returns>How many there were.</returns>
    public static async ValueTask<int> TrimAsync(StoreSession session, StoreEngine engine, long through)
    {
        int deleted = engine == StoreEngine.PostgreSql
            ? await session.ExecuteAsync(
                """
                WITH trimmed AS (DELETE FROM headgate_event_offsets WHERE log_offset <= $1 RETURNING arrival)
                DELETE FROM headgate_events USING trimmed WHERE headgate_events.arrival = trimmed.arrival
                """,
                through).ConfigureAwait(false)
            : await session.ExecuteAsync("DELETE FROM headgate_events WHERE log_offset <= $1", through).ConfigureAwait(false);
        await session.ExecuteAsync("UPDATE headgate_event_trim SET through = $1 WHERE id = 1 AND through < $1", through).ConfigureAwait(false);
        return deleted;
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
}
