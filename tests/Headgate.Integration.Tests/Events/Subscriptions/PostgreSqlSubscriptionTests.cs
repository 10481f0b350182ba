using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Events.Subscriptions;

public sealed class PostgreSqlSubscriptionTests(SharedCluster cluster) : SubscriptionCompliance
{
    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();
}
