using Headgate.Storage.Migrations;

namespace Headgate.Server.Reporting;

/// <summary>A migration that ran on a store.</summary>
internal sealed record MigrationReport(string Feature, int Version, string Name, DateTimeOffset AppliedAt)
{
    public static MigrationReport Of(AppliedMigration migration) => new(migration.Feature, migration.Version, migration.Name, migration.AppliedAt);
}
