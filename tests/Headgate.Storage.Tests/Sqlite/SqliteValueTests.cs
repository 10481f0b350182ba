using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.Sqlite;

public sealed class SqliteValueTests : ValueCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Many rows as columns are for servers, to which each statement is a wait.
    [Fact]
    public async Task Column_IsRefused()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => store.WriteAsync(session => session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, $2)", new[] { "a", "b" }, 1), TestContext.Current.CancellationToken));

        Assert.Equal("$1 is a String[], which a statement does not take.", refused.Message);
        Assert.Equal(0, await store.CountAsync());
    }

    private protected override Task<StoreLocation> NewLocationAsync() => Task.FromResult(_folder.Store);
}
