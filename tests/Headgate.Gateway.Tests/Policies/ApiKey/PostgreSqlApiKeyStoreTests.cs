using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

public sealed class PostgreSqlApiKeyStoreTests(SharedCluster cluster) : ApiKeyStoreCompliance
{
    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();
}
