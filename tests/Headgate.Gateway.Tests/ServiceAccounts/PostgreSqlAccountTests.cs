using Headgate.Storage;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>Service accounts in a PostgreSQL database.</summary>
public sealed class PostgreSqlAccountTests(SharedCluster cluster) : AccountCompliance
{
    protected override async Task<StoreLocation?> NewLocationAsync() => await cluster.NewDatabaseAsync();
}
