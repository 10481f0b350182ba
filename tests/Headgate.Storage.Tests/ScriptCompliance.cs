using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests;

/// <summary>What scripts must do alike on every engine: whole or not at all, each for itself however many are committed together. Each test has a store of its own.</summary>
public abstract class ScriptCompliance
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    private protected async Task<Store> OpenAsync() => await TestStore.OpenAsync(await NewLocationAsync());

    private protected static StoreStatement Insert(string id, long? amount = 0) => new("INSERT INTO items (id, amount) VALUES ($1, $2)", id, amount);

    private static StoreStatement Add(string id) => new("UPDATE items SET amount = amount + 1 WHERE id = $1", id);

    [Fact]
    public async Task Script_OfWhichEachStatementChangesARow_IsKept()
    {
        await using Store store = await OpenAsync();
        Assert.True(await store.WriteAsync(new StoreScript(Insert("a"), Add("a"), Insert("b")), Stop));
        Assert.Equal(["a", "b"], await store.IdsAsync());
        Assert.Equal(1, await AmountAsync(store, "a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Script_OfWhichOneStatementFindsNoRow_IsNotKept(int position)
    {
        await using Store store = await OpenAsync();
        List<StoreStatement> statements = [Insert("a"), Insert("b")];
        statements.Insert(position, Add("nobody"));
        bool isTold = false;
        Assert.False(await store.WriteAsync(new StoreScript(statements) { AfterCommit = () => isTold = true }, Stop));
        Assert.Empty(await store.IdsAsync());
        Assert.False(isTold);
        Assert.True(store.Health.IsHealthy);
    }

    // Nothing would notice that another command changes meanwhile what it goes by.
    [Theory]
    [InlineData("INSERT INTO items (id, amount) SELECT 'b', 1 FROM others", "others")]
    [InlineData("INSERT INTO items (id, amount) VALUES ('b', (SELECT COUNT(*) FROM items))", "items")]
    [InlineData("UPDATE items SET amount = 1 WHERE EXISTS (SELECT 1 FROM others o JOIN more m ON m.id = o.id)", "others, more")]
    [InlineData("UPDATE items SET amount = amount + 1\nFROM others WHERE others.id = items.id", "others")]
    [InlineData("DELETE FROM items USING others WHERE others.id = items.id", "others")]
    [InlineData("WITH first AS (SELECT id FROM others) INSERT INTO items (id, amount) SELECT id, 1 FROM first", "others, first")]
    public void Script_ThatGoesByWhatItDoesNotChange_IsRefused(string sql, string tables)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new StoreScript(Insert("a"), new StoreStatement(sql)));
        Assert.Contains($"goes by what it does not change: {tables}.", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new StoreScript(new StoreStatement(sql) { Settled = ["unknown"] }));
        Assert.Single(new StoreScript(new StoreStatement(sql) { Settled = tables.Split(", ") }).Statements);
    }

    [Theory]
    [InlineData("DELETE FROM items WHERE id = $1")]
    [InlineData("UPDATE items SET amount = 0 WHERE amount IS DISTINCT FROM $1")]
    [InlineData("WITH added AS (INSERT INTO items (id, amount) VALUES ($1, 0) RETURNING id) INSERT INTO items (id, amount) SELECT id || '-b', 1 FROM added")]
    public void Script_ThatGoesByWhatItChanges_IsTaken(string sql) => Assert.Single(new StoreScript(new StoreStatement(sql, "a")).Statements);

    [Fact]
    public async Task Script_IsToldOfWhenItIsDurable()
    {
        await using Store store = await OpenAsync();
        int told = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.WriteAsync(new StoreScript(Insert($"{i}")) { AfterCommit = () => Interlocked.Increment(ref told) }, Stop)));
        Assert.Equal(20, told);
        Assert.Equal(20, await store.CountAsync());
    }

    [Fact]
    public async Task Scripts_AtOnce_AreEachForItself()
    {
        await using Store store = await OpenAsync();
        Task<bool>[] scripts = [.. Enumerable.Range(0, 300).Select(i => store.WriteAsync(
            (i % 10) switch
            {
                3 => new StoreScript(Insert($"{i:000}"), Add("nobody")),
                6 => new StoreScript(Add("nobody")),
                9 when i % 50 == 49 => new StoreScript(Insert($"{i:000}"), Insert($"{i:000}-b", null)),
                _ => new StoreScript(Insert($"{i:000}"), Add($"{i:000}")),
            },
            Stop))];
        var kept = new List<string>();
        for (int i = 0; i < scripts.Length; i++)
        {
            if (i % 50 == 49)
            {
                Assert.Equal(StoreErrorKind.Constraint, (await TestStore.FailsAsync(() => scripts[i])).Kind);
                continue;
            }

            bool isKept = i % 10 is not (3 or 6);
            Assert.Equal(isKept, await scripts[i]);
            if (isKept)
                kept.Add($"{i:000}");
        }

        Assert.Equal(kept, await store.IdsAsync());
        Assert.True(store.Health.IsHealthy);
    }

    [Fact]
    public async Task Scripts_OfOneCallerAfterTheOther_SeeEachOther()
    {
        await using Store store = await OpenAsync();
        await store.InsertAsync("a");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (int i = 0; i < 25; i++)
                    Assert.True(await store.WriteAsync(new StoreScript(Add("a")), Stop));
            },
            Stop)));
        Assert.Equal(200, await AmountAsync(store, "a"));
    }

    [Fact]
    public async Task Scripts_ThatClaimTheSame_AreKeptOnce()
    {
        await using Store store = await OpenAsync();
        bool[] kept = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.WriteAsync(
            new StoreScript(new StoreStatement("INSERT INTO items (id, amount) VALUES ('key', 0) ON CONFLICT (id) DO NOTHING"), Insert($"of {i:00}")) { IsContended = true }, Stop)));
        Assert.Single(kept, isKept => isKept);
        Assert.Equal(["key", $"of {Array.IndexOf(kept, true):00}"], await store.IdsAsync());
    }

    [Fact]
    public async Task Script_OfACallerWhoHasGone_IsNotBegun()
    {
        await using Store store = await OpenAsync();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.WriteAsync(new StoreScript(Insert("a")), gone.Token));
        Assert.Empty(await store.IdsAsync());
    }

    [Fact]
    public async Task Script_AfterTheStoreIsClosed_IsRefused_AndThoseBeforeAreDone()
    {
        StoreLocation location = await NewLocationAsync();
        Store store = await TestStore.OpenAsync(location);
        Task<bool>[] scripts = [.. Enumerable.Range(0, 100).Select(i => store.WriteAsync(new StoreScript(Insert($"{i}")), Stop))];
        await store.DisposeAsync();
        Assert.All(await Task.WhenAll(scripts), Assert.True);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.WriteAsync(new StoreScript(Insert("late")), Stop));
        await using Store again = await TestStore.OpenAsync(location);
        Assert.Equal(100, await again.CountAsync());
    }

    private static Task<long> AmountAsync(Store store, string id) => store.ReadAsync(session => session.FindAsync("SELECT amount FROM items WHERE id = $1", row => row.GetInt64(0), id), Stop);
}
