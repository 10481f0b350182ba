using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Idempotency;

public sealed class PostgreSqlIdempotencyTests(SharedCluster cluster) : IdempotencyTableCompliance
{
    protected override Task<StoreLocation> LocationAsync() => cluster.NewDatabaseAsync();
}
