using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.PostgreSql;

public sealed class PostgreSqlStoreTests(SharedCluster cluster) : StoreCompliance
{
    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();
}
