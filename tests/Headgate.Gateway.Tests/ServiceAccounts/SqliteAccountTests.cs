using Headgate.Storage;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>Service accounts in an SQLite file.</summary>
public sealed class SqliteAccountTests : AccountCompliance
{
    protected override Task<StoreLocation?> NewLocationAsync() => Task.FromResult<StoreLocation?>(null);
}
