namespace Headgate.Storage.Migrations;

/// <summary>
/// Brings the tables of a store up to date: all pending migrations in one transaction, so that a failing one leaves the tables as they were. The caller
/// begins and ends that transaction, and holds the database's lock meanwhile.
/// </summary>
internal sealed class MigrationRunner
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS headgate_migrations (
            feature TEXT NOT NULL,
            version BIGINT NOT NULL,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            applied_at BIGINT NOT NULL,
            PRIMARY KEY (feature, version))
        """;

    private static readonly MigrationSet s_own = new("store", new Migration(1, "create probe", "CREATE TABLE headgate_probe (id BIGINT PRIMARY KEY, filler BYTEA NOT NULL)"));

    private readonly IReadOnlyList<MigrationSet> _schema;
    private readonly string _place;
    private readonly TimeProvider _time;
    private readonly List<AppliedMigration> _applied = [];

    public MigrationRunner(IReadOnlyList<MigrationSet> schema, string place, TimeProvider time) => (_schema, _place, _time) = ([s_own, .. schema], place, time);

    /// <summary>Every set, the store's own first.</summary>
    public IReadOnlyList<MigrationSet> Sets => _schema;

    /// <summary>What this process ran.</summary>
    public IReadOnlyList<AppliedMigration> Applied
    {
        get
        {
            lock (_applied)
                return [.. _applied];
        }
    }

    /// <summary>Runs what is pending.</summary>
    /// <returns>What ran; to be given to <see cref="Note"/> once it is committed.</returns>
    /// <exception cref="StoreException">The tables are refused, or a migration failed.</exception>
    public async ValueTask<IReadOnlyList<AppliedMigration>> RunAsync(StoreSession session)
    {
        await session.ExecuteAsync(Tables).ConfigureAwait(false);
        MigrationPlan plan = MigrationPlan.Of(_schema, await ReadAsync(session).ConfigureAwait(false), _place);
        if (plan.Refusal is not null)
            throw new StoreException(plan.Refusal);
        var ran = new List<AppliedMigration>();
        foreach ((string feature, Migration migration) in plan.Pending)
            ran.Add(await ApplyAsync(session, feature, migration).ConfigureAwait(false));
        return ran;
    }

    /// <summary>Keeps what was committed for <see cref="Applied"/>.</summary>
    public void Note(IReadOnlyList<AppliedMigration> committed)
    {
        lock (_applied)
            _applied.AddRange(committed);
    }

    /// <summary>Compares without changing anything.</summary>
    /// <param name="session">A session of a store that may have no table of migrations yet.</param>
    /// <param name="hasTable">Whether it has.</param>
    public async ValueTask<(IReadOnlyList<AppliedMigration> Applied, MigrationPlan Plan)> InspectAsync(StoreSession session, bool hasTable)
    {
        IReadOnlyList<MigrationRecord> ran = hasTable ? await ReadAsync(session).ConfigureAwait(false) : [];
        return ([.. ran.Select(record => record.ToApplied())], MigrationPlan.Of(_schema, ran, _place));
    }

    private static ValueTask<IReadOnlyList<MigrationRecord>> ReadAsync(StoreSession session) =>
        session.ListAsync("SELECT feature, version, name, checksum, applied_at FROM headgate_migrations ORDER BY applied_at, feature, version", MigrationRecord.Read);

    private async ValueTask<AppliedMigration> ApplyAsync(StoreSession session, string feature, Migration migration)
    {
        try
        {
            await session.ExecuteAsync(migration.Sql).ConfigureAwait(false);
        }
        catch (StoreException exception) when (exception.Problem.Kind is StoreErrorKind.Statement or StoreErrorKind.Constraint)
        {
            var problem = new StoreProblem(StoreErrorKind.MigrationFailed, _place, $"could not be brought up to date: the migration {feature}/{migration.Version} ({migration.Name}) {exception.Problem.Reason}", "Nothing was changed. Run the version of Headgate that made the store, and report this.");
            throw new StoreException(problem, exception);
        }

        DateTimeOffset now = _time.GetUtcNow();
        await session.ExecuteAsync(
            "INSERT INTO headgate_migrations (feature, version, name, checksum, applied_at) VALUES ($1, $2, $3, $4, $5)",
            feature, migration.Version, migration.Name, migration.Checksum, now).ConfigureAwait(false);
        return new AppliedMigration(feature, migration.Version, migration.Name, now);
    }
}
