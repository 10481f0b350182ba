using Headgate.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Looks at a file without changing it.</summary>
internal sealed class SqliteInspector(SqliteFile file, MigrationRunner schema)
{
    public async Task<StoreInspection> InspectAsync()
    {
        if (!File.Exists(file.Path))
            return Report(exists: false, [], MigrationPlan.Of(schema.Sets, [], file.Path));
        using SqliteConnection connection = file.OpenReadOnly();
        var session = new SqliteSession(connection, file.Path, maxPrepared: 16);
        long tables = await session.FindAsync("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'headgate_migrations'", row => row.GetInt64(0)).ConfigureAwait(false);
        (IReadOnlyList<AppliedMigration> applied, MigrationPlan plan) = await schema.InspectAsync(session, tables > 0).ConfigureAwait(false);
        return Report(exists: true, applied, plan);
    }

    private StoreInspection Report(bool exists, IReadOnlyList<AppliedMigration> applied, MigrationPlan plan) => new()
    {
        Exists = exists,
        Engine = $"SQLite {SqliteRuntime.Version}",
        SizeBytes = LengthOf(file.Path) + LengthOf(file.Path + "-wal"),
        Durable = true,
        Applied = applied,
        Pending = plan.Names,
        Refusal = plan.Refusal,
    };

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
