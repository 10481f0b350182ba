using Headgate.Storage.Migrations;

namespace Headgate.Integration.Events.Log;

/// <summary>The tables of the event log.</summary>
internal static class EventMigrations
{
    // The first five after the offset are the columns that outbox relays look for. Without a tenant the column is empty and not null: nulls would be distinct in the unique index.
    private const string Columns = """
            id TEXT NOT NULL UNIQUE,
            aggregatetype TEXT NOT NULL,
            aggregateid TEXT NOT NULL,
            type TEXT NOT NULL,
            payload BYTEA NOT NULL,
            tenant TEXT NOT NULL,
            source TEXT NOT NULL,
            producerid TEXT NOT NULL,
            time TEXT NOT NULL,
            correlationid TEXT,
            causationid TEXT,
            dataschema TEXT,
            datacontenttype TEXT,
            subject TEXT,
            extensions TEXT,
            appendedat BIGINT NOT NULL,
            slot BIGINT NOT NULL,
            UNIQUE (tenant, source, producerid)
        """;

    // What retention has deleted: so that a reader from before it can be told.
    private const string Trim = """
        CREATE TABLE headgate_event_trim (id BIGINT PRIMARY KEY, through BIGINT NOT NULL);
        INSERT INTO headgate_event_trim (id, through) VALUES (1, 0)
        """;

    /// <summary>
    /// On SQLite, with its one writer, the key is the offset, given at once. On PostgreSQL transactions commit in any order: an event that has arrived gets its offset afterwards,
    /// from <see cref="EventSequencer"/>. Both are read through <c>headgate_event_log</c>, where every event has an offset.
    /// </summary>
    public static MigrationSet All { get; } = new("events", Create, new Migration(2, "keep offsets apart from events", "CREATE VIEW headgate_event_log AS SELECT * FROM headgate_events")
    {
        PostgreSql = OffsetsApart,
    });

    private static Migration Create => new(1, "create event log", $"""
        CREATE TABLE headgate_events (
            log_offset INTEGER PRIMARY KEY AUTOINCREMENT,
        {Columns});
        {Trim}
        """)
    {
        PostgreSql = $"""
            CREATE TABLE headgate_events (
                log_offset BIGINT UNIQUE,
                arrival BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            {Columns});
            CREATE INDEX headgate_events_arrived ON headgate_events (arrival) WHERE log_offset IS NULL;
            CREATE TABLE headgate_event_sequence (id BIGINT PRIMARY KEY, last BIGINT NOT NULL);
            INSERT INTO headgate_event_sequence (id, last) VALUES (1, 0);
            {Trim}
            """,
    };

    // What an update of a wide row with many indexes costs is paid for two narrow ones instead. Whoever appends leaves the number of its transaction with that of the arrival, so that the next to
    // sequence looks at what it has not seen and at nothing else (EventSequencer). The column log_offset of the events stays, since an index of another feature's names it, and is filled no more.
    private const string OffsetsApart = """
        CREATE TABLE headgate_event_offsets (log_offset BIGINT PRIMARY KEY, arrival BIGINT NOT NULL UNIQUE);
        INSERT INTO headgate_event_offsets (log_offset, arrival) SELECT log_offset, arrival FROM headgate_events WHERE log_offset IS NOT NULL;
        CREATE TABLE headgate_event_arrivals (txid xid8 NOT NULL DEFAULT pg_current_xact_id(), arrival BIGINT NOT NULL, PRIMARY KEY (txid, arrival));
        INSERT INTO headgate_event_arrivals (arrival) SELECT arrival FROM headgate_events WHERE log_offset IS NULL;
        DROP INDEX headgate_events_arrived;
        ALTER TABLE headgate_events DROP CONSTRAINT headgate_events_log_offset_key;
        ALTER TABLE headgate_event_sequence ADD COLUMN seen pg_snapshot NOT NULL DEFAULT '1:1:';
        CREATE VIEW headgate_event_log AS
            SELECT place.log_offset, id, aggregatetype, aggregateid, type, payload, tenant, source, producerid, time, correlationid, causationid, dataschema, datacontenttype, subject, extensions, appendedat, slot
            FROM headgate_event_offsets place JOIN headgate_events USING (arrival)
        """;
}
