using Headgate.Storage.Migrations;

namespace Headgate.Storage.PostgreSql;

/// <summary>Looks at a database without changing it.</summary>
internal sealed class PostgreSqlInspector(MigrationRunner schema)
{
    public async ValueTask<StoreInspection> InspectAsync(StoreSession session)
    {
        bool hasTable = await session.FindAsync("SELECT to_regclass('headgate_migrations') IS NOT NULL", row => row.GetBoolean(0)).ConfigureAwait(false);
        (IReadOnlyList<AppliedMigration> applied, MigrationPlan plan) = await schema.InspectAsync(session, hasTable).ConfigureAwait(false);
        return new StoreInspection
        {
            Exists = true,
            Engine = "PostgreSQL " + await session.FindAsync("SELECT current_setting('server_version')", row => row.GetString(0)).ConfigureAwait(false),
            SizeBytes = await session.FindAsync("SELECT pg_database_size(current_database())", row => row.GetInt64(0)).ConfigureAwait(false),
            Durable = await session.FindAsync("SELECT current_setting('fsync')", row => row.GetString(0)).ConfigureAwait(false) == "on",
            Applied = applied,
            Pending = plan.Names,
            Refusal = plan.Refusal,
        };
    }
}
