namespace Headgate.Storage.Migrations;

/// <summary>What the tables of a store lack, or why this program refuses them.</summary>
/// <param name="Pending">What is to run, in order.</param>
/// <param name="Refusal">Why nothing may; null when it may.</param>
internal sealed record MigrationPlan(IReadOnlyList<(string Feature, Migration Migration)> Pending, StoreProblem? Refusal)
{
    /// <summary>What is pending, as <c>feature/version name</c>.</summary>
    public IReadOnlyList<string> Names => [.. Pending.Select(step => $"{step.Feature}/{step.Migration.Version} {step.Migration.Name}")];

    /// <summary>Compares what ran with what this program knows.</summary>
    public static MigrationPlan Of(IReadOnlyList<MigrationSet> schema, IReadOnlyList<MigrationRecord> ran, string place)
    {
        var known = schema.SelectMany(set => set.Migrations, (set, migration) => (set.Feature, Migration: migration)).ToList();
        var knownByKey = known.ToDictionary(step => (step.Feature, step.Migration.Version), step => step.Migration);
        var ranKeys = ran.Select(record => (record.Feature, record.Version)).ToHashSet();
        return new MigrationPlan(
            [.. known.Where(step => !ranKeys.Contains((step.Feature, step.Migration.Version)))],
            ran.Select(record => Refuse(record, knownByKey.GetValueOrDefault((record.Feature, record.Version)), place)).FirstOrDefault(problem => problem is not null));
    }

    private static StoreProblem? Refuse(MigrationRecord record, Migration? known, string place)
    {
        string step = $"{record.Feature}/{record.Version} ({record.Name})";
        if (known is null)
            return new StoreProblem(StoreErrorKind.Newer, place, $"is newer than this program: it has the migration {step}, which this version does not know", "Run the version of Headgate that made it, or restore a backup from before.");
        return known.Checksum == record.Checksum
            ? null
            : new StoreProblem(StoreErrorKind.Altered, place, $"was changed by another migration {step} than the one of this program", "Run the version of Headgate that made it, or restore a backup.");
    }
}
