using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.PostgreSql;

public sealed class PostgreSqlValueTests(SharedCluster cluster) : ValueCompliance
{
    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();
}
