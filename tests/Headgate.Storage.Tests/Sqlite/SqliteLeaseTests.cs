using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.Sqlite;

public sealed class SqliteLeaseTests : LeaseCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override Task<StoreLocation> NewLocationAsync() => Task.FromResult(_folder.Store);
}
