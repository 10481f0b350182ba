using Headgate.Storage.Migrations;
using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests;

/// <summary>Tables come about in order, once, whole or not at all, and never under a program that does not know them.</summary>
public abstract class MigrationCompliance
{
    private static readonly Migration s_first = new(1, "create pets", "CREATE TABLE pets (id BIGINT PRIMARY KEY)");
    private static readonly Migration s_second = new(2, "add names", "ALTER TABLE pets ADD COLUMN name TEXT; UPDATE pets SET name = 'Rex'");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    [Fact]
    public async Task Migrations_Pending_RunInOrderAndOnce()
    {
        StoreLocation location = await NewLocationAsync();
        await using (Store store = await TestStore.OpenAsync(location, schema: new MigrationSet("pets", s_first)))
        {
            Assert.Equal(["store/1", "pets/1"], store.Applied.Select(step => $"{step.Feature}/{step.Version}"));
            await store.WriteAsync(session => session.ExecuteAsync("INSERT INTO pets (id) VALUES (7)"), Stop);
        }

        await using (Store store = await TestStore.OpenAsync(location, schema: new MigrationSet("pets", s_first, s_second)))
        {
            Assert.Equal("pets/2 add names", Assert.Single(store.Applied.Select(step => $"{step.Feature}/{step.Version} {step.Name}")));
            Assert.Equal("Rex", await store.ReadAsync(session => session.FindAsync("SELECT name FROM pets WHERE id = 7", row => row.GetString(0)), Stop));
        }

        await using (Store store = await TestStore.OpenAsync(location, schema: new MigrationSet("pets", s_first, s_second)))
            Assert.Empty(store.Applied);
    }

    [Fact]
    public async Task Migration_WithStatementsOfItsOwnForPostgreSql_RunsThoseOfItsEngine()
    {
        StoreLocation location = await NewLocationAsync();
        var schema = new MigrationSet("pets", new Migration(1, "create pets", "CREATE TABLE pets (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)")
        {
            PostgreSql = "CREATE TABLE pets (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT)",
        });
        await using (Store store = await TestStore.OpenAsync(location, schema: schema))
            Assert.Equal(1, await store.WriteAsync(session => session.FindAsync("INSERT INTO pets (name) VALUES ('Rex') RETURNING id", row => row.GetInt64(0)), Stop));
        await using Store again = await TestStore.OpenAsync(location, schema: schema);
        Assert.Empty(again.Applied);
        Assert.Null((await again.InspectAsync(Stop)).Refusal);
    }

    [Fact]
    public async Task Store_OfANewerProgram_IsRefusedAndLeftAlone()
    {
        StoreLocation location = await NewLocationAsync();
        await using (await TestStore.OpenAsync(location, schema: new MigrationSet("pets", s_first, s_second)))
        {
        }

        await using Store store = TestStore.Create(location, schema: new MigrationSet("pets", s_first));
        StoreProblem problem = await TestStore.FailsAsync(() => store.OpenAsync(Stop));
        Assert.Equal(StoreErrorKind.Newer, problem.Kind);
        Assert.Contains("pets/2 (add names)", problem.Reason, StringComparison.Ordinal);
        Assert.Equal(location.ToString(), problem.Place);
        Assert.Equal(problem, (await store.InspectAsync(Stop)).Refusal);
    }

    [Fact]
    public async Task Migration_ThatWasEdited_IsRefused()
    {
        StoreLocation location = await NewLocationAsync();
        await using (await TestStore.OpenAsync(location, schema: new MigrationSet("pets", s_first)))
        {
        }

        await using Store store = TestStore.Create(location, schema: new MigrationSet("pets", s_first with { Sql = "CREATE TABLE pets (id TEXT)" }));
        Assert.Equal(StoreErrorKind.Altered, (await TestStore.FailsAsync(() => store.OpenAsync(Stop))).Kind);
    }

    [Fact]
    public async Task Migration_WithOtherLineEnds_IsTheSame()
    {
        StoreLocation location = await NewLocationAsync();
        await using (await TestStore.OpenAsync(location, schema: new MigrationSet("pets", new Migration(1, "create pets", "CREATE TABLE pets\n(id BIGINT)"))))
        {
        }

        await using Store store = await TestStore.OpenAsync(location, schema: new MigrationSet("pets", new Migration(1, "create pets", "CREATE TABLE pets\r\n(id BIGINT)")));
        Assert.Empty(store.Applied);
    }

    [Fact]
    public async Task Migration_ThatFails_LeavesEverythingAsItWas()
    {
        StoreLocation location = await NewLocationAsync();
        var broken = new MigrationSet("pets", s_first, new Migration(2, "break", "CREATE TABLE toys (id BIGINT); INSERT INTO nowhere VALUES (1)"));
        await using (Store store = TestStore.Create(location, schema: broken))
        {
            StoreProblem problem = await TestStore.FailsAsync(() => store.OpenAsync(Stop));
            Assert.Equal(StoreErrorKind.MigrationFailed, problem.Kind);
            Assert.Contains("pets/2 (break)", problem.Reason, StringComparison.Ordinal);
        }

        await using Store mended = await TestStore.OpenAsync(location, schema: new MigrationSet("pets", s_first, new Migration(2, "create toys", "CREATE TABLE toys (id BIGINT)")));
        Assert.Equal(3, mended.Applied.Count);
    }

    [Fact]
    public async Task Migrations_OfInstancesThatStartTogether_RunOnce()
    {
        StoreLocation location = await NewLocationAsync();
        Store[] stores = [.. Enumerable.Range(0, 6).Select(_ => TestStore.Create(location, schema: new MigrationSet("pets", s_first, s_second)))];
        await Task.WhenAll(stores.Select(store => store.OpenAsync(Stop)));
        Assert.Equal(3, stores.Sum(store => store.Applied.Count));
        foreach (Store store in stores)
            await store.DisposeAsync();
    }

    [Fact]
    public async Task Inspection_BeforeAndAfter_TellsWhatIsPending()
    {
        StoreLocation location = await NewLocationAsync();
        await using Store store = TestStore.Create(location, schema: new MigrationSet("pets", s_first));
        StoreInspection before = await store.InspectAsync(Stop);
        Assert.Equal(["store/1 create probe", "pets/1 create pets"], before.Pending);
        Assert.Empty(before.Applied);

        await store.OpenAsync(Stop);
        StoreInspection after = await store.InspectAsync(Stop);
        Assert.Empty(after.Pending);
        Assert.Equal(["pets/1", "store/1"], after.Applied.Select(step => $"{step.Feature}/{step.Version}").Order(StringComparer.Ordinal));
        Assert.True(after is { Exists: true, SizeBytes: > 0, Refusal: null });
        Assert.StartsWith(location.Engine == StoreEngine.Sqlite ? "SQLite 3." : "PostgreSQL 1", after.Engine, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_WithAGap_AreABug() => Assert.Throws<ArgumentException>(() => new MigrationSet("pets", s_first, s_second with { Version = 3 }));
}
