namespace Headgate.Storage.Migrations;

/// <summary>A row of the table in which a store keeps what ran on it.</summary>
internal sealed record MigrationRecord(string Feature, int Version, string Name, string Checksum, DateTimeOffset AppliedAt)
{
    public AppliedMigration ToApplied() => new(Feature, Version, Name, AppliedAt);

    public static MigrationRecord Read(StoreRow row) => new(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetTime(4));
}
