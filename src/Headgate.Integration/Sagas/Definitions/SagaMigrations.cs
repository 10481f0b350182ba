using Headgate.Storage.Migrations;

namespace Headgate.Integration.Sagas.Definitions;

/// <summary>The tables of sagas. They come after those of operations, whose rows say which version of a definition they have.</summary>
internal static class SagaMigrations
{
    public static MigrationSet All { get; } = new("sagas", new Migration(1, "create saga definitions and keys", """
        CREATE TABLE headgate_saga_definitions (version TEXT PRIMARY KEY, api TEXT NOT NULL, operation TEXT NOT NULL, config TEXT NOT NULL, used BIGINT NOT NULL);
        CREATE TABLE headgate_saga_keys (key BYTEA PRIMARY KEY, fingerprint BYTEA NOT NULL, id TEXT NOT NULL, expires_at BIGINT NOT NULL);
        CREATE INDEX headgate_saga_keys_by_expiry ON headgate_saga_keys (expires_at)
        """));
}
