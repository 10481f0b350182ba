using Headgate.Storage.Tests.Support;
using Headgate.TestSupport;

[assembly: AssemblyFixture(typeof(SharedCluster))]

namespace Headgate.Storage.Tests.Support;

/// <summary>One PostgreSQL server for all tests that only want a database of their own; started by the first of them.</summary>
public sealed class SharedCluster : IAsyncDisposable
{
    private readonly Lazy<Task<PostgreSqlCluster>> _cluster = new(() => PostgreSqlCluster.StartAsync());

    /// <summary>An empty database. Skips the test where PostgreSQL is missing; fails it with <c>CI=true</c>.</summary>
    public async Task<StoreLocation> NewDatabaseAsync() => LocationOf(await NewUrlAsync());

    /// <summary>The URL of an empty database, for another process. Skips the test where PostgreSQL is missing; fails it with <c>CI=true</c>.</summary>
    public async Task<string> NewUrlAsync()
    {
        Require();
        return await (await _cluster.Value).CreateDatabaseAsync();
    }

    public static void Require()
    {
        if (PostgreSqlCluster.Programs is not null)
            return;
        Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), PostgreSqlCluster.Missing);
        Assert.Skip(PostgreSqlCluster.Missing);
    }

    public static StoreLocation LocationOf(string text)
    {
        Assert.True(StoreLocation.TryParse(text, out StoreLocation? location, out string reason), reason);
        return location;
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsValueCreated)
            await (await _cluster.Value).DisposeAsync();
    }
}
