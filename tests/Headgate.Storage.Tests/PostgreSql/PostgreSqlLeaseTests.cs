using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.PostgreSql;

public sealed class PostgreSqlLeaseTests(SharedCluster cluster) : LeaseCompliance
{
    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();
}
