using Headgate.Gateway.ServiceAccounts;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>An opened store with the tables of service accounts: an SQLite file of its own, or a database that several share.</summary>
internal sealed class AccountStore : IAsyncDisposable
{
    private readonly DirectoryInfo? _folder;

    private AccountStore(Store store, DirectoryInfo? folder) => (Store, _folder) = (store, folder);

    public Store Store { get; }

    /// <param name="location">Where it is; an SQLite file when null.</param>
    public static async Task<AccountStore> OpenAsync(StoreLocation? location = null)
    {
        DirectoryInfo? folder = location is null ? Directory.CreateTempSubdirectory("headgate-accounts-") : null;
        Store store = Store.Create(
            location ?? StoreLocation.OfFile(Path.Combine(folder!.FullName, "headgate.db")), new StoreOptions(), [ServiceAccountRegistry.Migrations], NullLogger.Instance, TimeProvider.System);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return new AccountStore(store, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder?.Delete(recursive: true);
    }
}
