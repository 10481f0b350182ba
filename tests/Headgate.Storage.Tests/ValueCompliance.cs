using Headgate.Storage.Migrations;
using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests;

/// <summary>What goes in comes out, on every engine the same.</summary>
public abstract class ValueCompliance
{
    private static readonly MigrationSet s_kinds = new("kinds", new Migration(1, "create kinds", """
        CREATE TABLE kinds (id BIGINT PRIMARY KEY, words TEXT, amount BIGINT, ratio DOUBLE PRECISION, flag BOOLEAN, bytes BYTEA, happened BIGINT);
        CREATE INDEX kinds_by_words ON kinds (words) WHERE flag
        """));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    private async Task<Store> OpenAsync() => await TestStore.OpenAsync(await NewLocationAsync(), schema: s_kinds);

    [Fact]
    public async Task Values_OfEveryKind_ComeBackAsTheyWere()
    {
        await using Store store = await OpenAsync();
        var time = new DateTimeOffset(2026, 11, 20, 12, 34, 56, 789, TimeSpan.FromHours(2));
        byte[] bytes = [0, 1, 127, 128, 255];
        await store.WriteAsync(
            session => session.ExecuteAsync(
                "INSERT INTO kinds (id, words, amount, ratio, flag, bytes, happened) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                1, "Grüße, \U0001F600 'quoted' $1 \n", long.MinValue, 0.1, true, bytes, time),
            Stop);
        var read = await store.ReadAsync(
            session => session.FindAsync(
                "SELECT words, amount, ratio, flag, bytes, happened, id FROM kinds",
                row => new { Words = row.GetString(0), Amount = row.GetInt64(1), Ratio = row.GetDouble(2), Flag = row.GetBoolean(3), Bytes = row.GetBytes(4), Time = row.GetTime(5), Id = row.GetInt32(6) }),
            Stop);
        Assert.Equal(("Grüße, \U0001F600 'quoted' $1 \n", long.MinValue, 0.1, true, time, 1), (read!.Words, read.Amount, read.Ratio, read.Flag, read.Time, read.Id));
        Assert.Equal(bytes, read.Bytes);
    }

    [Fact]
    public async Task Null_InEveryColumn_ComesBackAsNull()
    {
        await using Store store = await OpenAsync();
        await store.WriteAsync(
            session => session.ExecuteAsync("INSERT INTO kinds (id, words, amount, ratio, flag, bytes, happened) VALUES ($1, $2, $3, $4, $5, $6, $7)", 1, null, null, null, null, null, null),
            Stop);
        Assert.True(await store.ReadAsync(
            session => session.FindAsync(
                "SELECT words, amount, ratio, flag, bytes, happened FROM kinds",
                row => row.GetStringOrNull(0) is null && row.GetInt64OrNull(1) is null && row.IsNull(2) && row.IsNull(3) && row.GetBytesOrNull(4) is null && row.GetTimeOrNull(5) is null),
            Stop));
    }

    [Fact]
    public async Task Values_ThatAreEmpty_AreNotNull()
    {
        await using Store store = await OpenAsync();
        await store.WriteAsync(session => session.ExecuteAsync("INSERT INTO kinds (id, words, bytes) VALUES ($1, $2, $3)", 1, "", Array.Empty<byte>()), Stop);
        var read = await store.ReadAsync(session => session.FindAsync("SELECT words, bytes FROM kinds", row => new { Words = row.GetStringOrNull(0), Bytes = row.GetBytesOrNull(1) }), Stop);
        Assert.Equal("", read!.Words);
        Assert.Empty(Assert.IsType<byte[]>(read.Bytes));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(100_000)]
    public async Task Text_OfAnyLength_ComesBackAsItWas(int length)
    {
        await using Store store = await OpenAsync();
        string text = new('ẞ', length);
        await store.WriteAsync(session => session.ExecuteAsync("INSERT INTO kinds (id, words) VALUES ($1, $2)", 1, text), Stop);
        Assert.Equal(text, await store.ReadAsync(session => session.FindAsync("SELECT words FROM kinds", row => row.GetString(0)), Stop));
    }

    [Fact]
    public async Task Null_ThatIsReadAsAValue_IsRefused()
    {
        await using Store store = await OpenAsync();
        await store.WriteAsync(session => session.ExecuteAsync("INSERT INTO kinds (id) VALUES ($1)", 1), Stop);
        await Assert.ThrowsAnyAsync<InvalidCastException>(() => store.ReadAsync(session => session.FindAsync("SELECT amount FROM kinds", row => row.GetInt64(0)), Stop));
        await Assert.ThrowsAnyAsync<InvalidCastException>(() => store.ReadAsync(session => session.FindAsync("SELECT words FROM kinds", row => row.GetString(0)), Stop));
    }

    // In the text they stand in another order than in the call, and one stands twice.
    [Fact]
    public async Task Parameters_AreKnownByTheirNumbers()
    {
        await using Store store = await OpenAsync();
        await store.WriteAsync(session => session.ExecuteAsync("INSERT INTO kinds (words, amount, id) VALUES ($3, $1, $2)", 10, 20, "thirty"), Stop);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(20, await store.ReadAsync(
                session => session.FindAsync("SELECT id FROM kinds WHERE words = $2 AND amount >= $1 AND amount <= $1", row => row.GetInt64(0), 10, "thirty"), Stop));
        }
    }

    [Fact]
    public async Task Statement_WithoutAValueForAParameter_IsRefused()
    {
        await using Store store = await OpenAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => store.WriteAsync(session => session.ExecuteAsync("INSERT INTO kinds (id, amount) VALUES ($1, $2)", 1), Stop));
        Assert.Equal(0, await store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM kinds", row => row.GetInt64(0)), Stop));
    }

    [Fact]
    public async Task Find_WithoutARow_IsTheDefault()
    {
        await using Store store = await OpenAsync();
        (string? text, long? number) = await store.ReadAsync(
            async session => (await session.FindAsync("SELECT words FROM kinds", row => row.GetString(0)), await session.FindAsync("SELECT amount FROM kinds", row => (long?)row.GetInt64(0))),
            Stop);
        Assert.Null(text);
        Assert.Null(number);
    }

    public static TheoryData<object> Foreign() => [1.5m, Guid.Empty, 'c', TimeSpan.Zero, DateTime.UnixEpoch, "nul \0 inside", "half \uD83D a pair", double.NaN];

    [Theory]
    [MemberData(nameof(Foreign), DisableDiscoveryEnumeration = true)]
    public async Task Value_ThatEnginesKeepDifferently_IsRefused(object value)
    {
        await using Store store = await OpenAsync();
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync(session => session.ExecuteAsync("INSERT INTO kinds (id, words) VALUES ($1, $2)", 1, value), Stop));
        Assert.StartsWith("$2 is ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM kinds", row => row.GetInt64(0)), Stop));
    }

    [Fact]
    public async Task Statement_RunWithOtherValues_UsesThem()
    {
        await using Store store = await OpenAsync();
        for (int i = 0; i < 5; i++)
            await store.WriteAsync(session => session.ExecuteAsync("INSERT INTO kinds (id, words, flag) VALUES ($1, $2, $3)", i, i % 2 == 0 ? $"w{i}" : null, i > 2), Stop);
        IReadOnlyList<(int, string?)> rows = await store.ReadAsync(
            session => session.ListAsync("SELECT id, words FROM kinds WHERE flag OR words = $1 ORDER BY id", row => (row.GetInt32(0), row.GetStringOrNull(1)), "w2"),
            Stop);
        Assert.Equal([(2, "w2"), (3, null), (4, "w4")], rows);
    }

    [Fact]
    public async Task Upsert_WithReturning_TellsWhatItWrote()
    {
        await using Store store = await OpenAsync();
        for (long expected = 1; expected <= 3; expected++)
        {
            long amount = await store.WriteAsync(
                session => session.FindAsync("INSERT INTO kinds (id, amount) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET amount = kinds.amount + 1 RETURNING amount", row => row.GetInt64(0)),
                Stop);
            Assert.Equal(expected, amount);
        }

        Assert.Equal(0, await store.WriteAsync(session => session.ExecuteAsync("INSERT INTO kinds (id) VALUES (1) ON CONFLICT DO NOTHING"), Stop));
    }

    [Fact]
    public async Task MoreStatements_ThanAreKeptPrepared_AllRun()
    {
        await using Store store = await TestStore.OpenAsync(await NewLocationAsync(), TestStore.Options with { MaxPrepared = 8 }, schema: s_kinds);
        for (int i = 0; i < 30; i++)
        {
            string sql = $"INSERT INTO kinds (id, amount) VALUES ($1, $1 + {i})";
            await store.WriteAsync(session => session.ExecuteAsync(sql, i), Stop);
        }

        Assert.Equal(870, await store.ReadAsync(session => session.FindAsync("SELECT CAST(SUM(amount) AS BIGINT) FROM kinds", row => row.GetInt64(0)), Stop));
    }
}
