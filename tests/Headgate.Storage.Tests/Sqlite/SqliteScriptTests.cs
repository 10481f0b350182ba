using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.Sqlite;

public sealed class SqliteScriptTests : ScriptCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override Task<StoreLocation> NewLocationAsync() => Task.FromResult(_folder.Store);
}
