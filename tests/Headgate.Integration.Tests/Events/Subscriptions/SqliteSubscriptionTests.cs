using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Events.Subscriptions;

public sealed class SqliteSubscriptionTests : SubscriptionCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(5000, 60)]
    public void Delay_DoublesWithEachFailure_UpToTheLongest(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new EventSubscription { Name = "test", Filter = EventFilter.Everything, Consumer = (_, _) => Task.CompletedTask }.DelayAfter(attempts));

    private protected override Task<StoreLocation> NewLocationAsync() => Task.FromResult(_folder.Store);
}
