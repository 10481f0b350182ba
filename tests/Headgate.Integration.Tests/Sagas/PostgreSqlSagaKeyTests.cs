using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Sagas;

public sealed class PostgreSqlSagaKeyTests(SharedCluster cluster) : SagaKeyCompliance
{
    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();
}
