using Headgate.Gateway.Tests.ServiceAccounts;
using Headgate.Storage;
using Headgate.TestSupport;

[assembly: AssemblyFixture(typeof(SharedCluster))]

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>One PostgreSQL server for all tests that only want a database of their own; started by the first of them.</summary>
public sealed class SharedCluster : IAsyncDisposable
{
    private readonly Lazy<Task<PostgreSqlCluster>> _cluster = new(() => PostgreSqlCluster.StartAsync());

    /// <summary>An empty database. Skips the test where PostgreSQL is missing; fails it with <c>CI=true</c>.</summary>
    public async Task<StoreLocation> NewDatabaseAsync()
    {
        bool isMissing = PostgreSqlCluster.Programs is null;
        Assert.False(isMissing && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), PostgreSqlCluster.Missing);
        Assert.SkipWhen(isMissing, PostgreSqlCluster.Missing);
        Assert.True(StoreLocation.TryParse(await (await _cluster.Value).CreateDatabaseAsync(), out StoreLocation? location, out string reason), reason);
        return location;
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsValueCreated)
            await (await _cluster.Value).DisposeAsync();
    }
}
