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
    /// from <see cref="EventSequencer"/>.
    /// </summary>
    public static MigrationSet All { get; } = new("events", new Migration(1, "create event log", $"""
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
    });
}
