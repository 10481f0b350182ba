using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.PostgreSql;

public sealed class PostgreSqlMigrationTests(SharedCluster cluster) : MigrationCompliance
{
    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();
}
