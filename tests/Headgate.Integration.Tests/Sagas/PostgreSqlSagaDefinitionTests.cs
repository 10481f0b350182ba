using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Sagas;

public sealed class PostgreSqlSagaDefinitionTests(SharedCluster cluster) : SagaDefinitionCompliance
{
    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();
}
