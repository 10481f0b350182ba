using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.PostgreSql;

public sealed class PostgreSqlValueTests(SharedCluster cluster) : ValueCompliance
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Columns_OfEachKind_BecomeRows()
    {
        await using Store store = await TestStore.OpenAsync(await NewLocationAsync());
        string?[] texts = ["a", null, "Grüße"];
        long[] numbers = [long.MinValue, 0, 1];
        byte[][] bytes = [[0, 255], [], [1]];

        IReadOnlyList<(string?, long, byte[])> rows = await store.ReadAsync(
            session => session.ListAsync(
                "SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[])", row => (row.GetStringOrNull(0), row.GetInt64(1), row.GetBytes(2)), texts, numbers, bytes),
            Stop);

        Assert.Equal(texts, rows.Select(row => row.Item1));
        Assert.Equal(numbers, rows.Select(row => row.Item2));
        Assert.Equal(bytes, rows.Select(row => row.Item3));
    }

    [Fact]
    public async Task Column_WithATextThatEnginesKeepDifferently_IsRefused()
    {
        await using Store store = await TestStore.OpenAsync(await NewLocationAsync());
        foreach (string text in new[] { "nul \0 inside", "half \uD83D a pair" })
        {
            ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
                () => store.ReadAsync(session => session.ListAsync("SELECT * FROM unnest($1::text[])", row => row.GetString(0), new object?[] { new[] { "a", text } }), Stop));
            Assert.StartsWith("$1 is ", refused.Message, StringComparison.Ordinal);
        }
    }

    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();
}
