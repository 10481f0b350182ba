using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.PostgreSql;

public sealed class PostgreSqlScriptTests(SharedCluster cluster) : ScriptCompliance
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scripts_AtOnce_ShareTransactions()
    {
        await using Store store = await OpenAsync();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 300).Select(i => store.WriteAsync(new StoreScript(Numbered(i)), Stop))), Assert.True);
        Assert.InRange(await TransactionsAsync(store), 1, 100);
    }

    [Fact]
    public async Task Scripts_ThatAreContended_HaveTransactionsOfTheirOwn()
    {
        await using Store store = await OpenAsync();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.WriteAsync(new StoreScript(Numbered(i)) { IsContended = true }, Stop))), Assert.True);
        Assert.Equal(50, await TransactionsAsync(store));
    }

    [Fact]
    public async Task Scripts_ThatOneOfThemIsRefusedBeside_AreStillCommittedTogether()
    {
        await using Store store = await OpenAsync();
        bool[] kept = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => store.WriteAsync(
            i % 100 == 50 ? new StoreScript(Numbered(i), new StoreStatement("UPDATE items SET amount = 0 WHERE id = 'nobody'")) : new StoreScript(Numbered(i)), Stop)));
        Assert.Equal(3, kept.Count(isKept => !isKept));
        Assert.Equal(297, await store.CountAsync());
        Assert.InRange(await TransactionsAsync(store), 1, 100);
    }

    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();

    private static StoreStatement Numbered(int id) => new("INSERT INTO items (id, amount) VALUES ($1, CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT))", $"{id}");

    private static Task<long> TransactionsAsync(Store store) => store.ReadAsync(session => session.FindAsync("SELECT COUNT(DISTINCT amount) FROM items", row => row.GetInt64(0)), Stop);
}
