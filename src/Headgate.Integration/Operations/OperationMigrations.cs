using Headgate.Storage.Migrations;

namespace Headgate.Integration.Operations;

/// <summary>The tables of operations. They come after those of the event log.</summary>
internal static class OperationMigrations
{
    // Every save writes one row: an index has only what does not change while an operation goes on, and only the rows of which somebody asks by it.
    private const string Tables = $"""
        CREATE TABLE headgate_operations (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            api TEXT NOT NULL,
            tenant TEXT NOT NULL,
            owner TEXT,
            state TEXT NOT NULL,
            attention TEXT,
            resolution TEXT,
            progress BIGINT NOT NULL,
            message TEXT,
            stage TEXT,
            estimated BIGINT,
            created BIGINT NOT NULL,
            updated BIGINT NOT NULL,
            ended BIGINT,
            deadline BIGINT,
            cancel_requested BIGINT,
            version TEXT NOT NULL,
            correlation TEXT,
            traceparent TEXT,
            error_code TEXT,
            error_detail TEXT,
            worker TEXT NOT NULL,
            epoch BIGINT NOT NULL,
            takeovers BIGINT NOT NULL,
            failures BIGINT NOT NULL,
            data BYTEA NOT NULL,
            result_status BIGINT,
            result_type TEXT,
            result_body BYTEA);
        CREATE INDEX headgate_operations_under_way ON headgate_operations (id, worker, kind) WHERE ended IS NULL;
        CREATE INDEX headgate_operations_ended ON headgate_operations (ended) WHERE ended IS NOT NULL AND attention IS NULL;
        CREATE INDEX headgate_operations_attention ON headgate_operations (id) WHERE attention IS NOT NULL;
        CREATE INDEX headgate_operations_by_owner ON headgate_operations (owner, id) WHERE owner IS NOT NULL;
        CREATE INDEX headgate_operations_by_tenant ON headgate_operations (tenant, id) WHERE tenant <> '';
        CREATE TABLE headgate_operation_workers (instance TEXT PRIMARY KEY, lease_until BIGINT NOT NULL);
        CREATE INDEX headgate_events_of_operations ON headgate_events (aggregateid, log_offset) WHERE source = '{OperationEvents.Source}'
        """;

    // What is true of one process at a time, and of the next after it: the directory that it holds.
    private const string Homes = "ALTER TABLE headgate_operation_workers ADD COLUMN home TEXT NOT NULL DEFAULT ''";

    // A new version of a row beside the old one needs no new entries in indexes, and room that the version before left is used again without VACUUM.
    private const string Room = "ALTER TABLE headgate_operations SET (fillfactor = 50)";

    // What needs attention is counted by API every few seconds.
    private const string Attention = """
        DROP INDEX headgate_operations_attention;
        CREATE INDEX headgate_operations_attention ON headgate_operations (id, api) WHERE attention IS NOT NULL
        """;

    public static MigrationSet All { get; } = new(
        "operations",
        new Migration(1, "create operations", Tables),
        new Migration(2, "know processes by their data directory", Homes),
        new Migration(3, "leave room for versions of rows", "SELECT 1") { PostgreSql = Room },
        new Migration(4, "count by API what needs attention", Attention));
}
