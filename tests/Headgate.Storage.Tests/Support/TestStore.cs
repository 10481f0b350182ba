using Headgate.Storage.Leases;
using Headgate.Storage.Migrations;

namespace Headgate.Storage.Tests.Support;

/// <summary>Stores as the tests want them: with a table of items, leases, and short times.</summary>
internal static class TestStore
{
    public static MigrationSet Items { get; } = new("items", new Migration(1, "create items", "CREATE TABLE items (id TEXT PRIMARY KEY, amount BIGINT NOT NULL)"));

    public static StoreOptions Options { get; } = new()
    {
        LockTimeout = TimeSpan.FromSeconds(1),
        ConnectTimeout = TimeSpan.FromSeconds(2),
        ProbeInterval = TimeSpan.FromMilliseconds(50),
        RecoveryInterval = TimeSpan.FromMilliseconds(20),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Store Create(StoreLocation location, StoreOptions? options = null, ILogger? logger = null, TimeProvider? time = null, params MigrationSet[] schema) =>
        Store.Create(location, options ?? Options, schema.Length == 0 ? [Items, LeaseTable.Migrations] : schema, logger ?? NullLogger.Instance, time ?? TimeProvider.System);

    public static async Task<Store> OpenAsync(StoreLocation location, StoreOptions? options = null, ILogger? logger = null, TimeProvider? time = null, params MigrationSet[] schema)
    {
        Store store = Create(location, options, logger, time, schema);
        await store.OpenAsync(Stop);
        return store;
    }

    public static Task<int> InsertAsync(this Store store, string id, long amount = 0) =>
        store.WriteAsync(session => session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, $2)", id, amount), Stop);

    public static Task<long> CountAsync(this Store store) => store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM items", row => row.GetInt64(0)), Stop);

    public static Task<IReadOnlyList<string>> IdsAsync(this Store store) =>
        store.ReadAsync(session => session.ListAsync("SELECT id FROM items ORDER BY id", row => row.GetString(0)), Stop);

    /// <summary>Runs work that must fail as the store itself fails.</summary>
    public static async Task<StoreProblem> FailsAsync(Func<Task> work) => (await Assert.ThrowsAsync<StoreException>(work)).Problem;
}
