using Headgate.Gateway.Roles;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Roles;

/// <summary>An opened store with the tables of roles, and the directories of the processes that share it.</summary>
internal sealed class RoleStore : IAsyncDisposable
{
    private readonly DirectoryInfo? _folder;
    private readonly List<RoleDirectory> _directories = [];

    private RoleStore(Store store, DirectoryInfo? folder) => (Store, _folder) = (store, folder);

    public Store Store { get; }

    public ManualTime Time { get; } = new();

    public RecordingLogger<RoleDirectory> Log { get; } = new();

    /// <param name="location">Where it is; an SQLite file when null.</param>
    public static async Task<RoleStore> OpenAsync(StoreLocation? location = null)
    {
        DirectoryInfo? folder = location is null ? Directory.CreateTempSubdirectory("headgate-roles-") : null;
        Store store = Store.Create(
            location ?? StoreLocation.OfFile(Path.Combine(folder!.FullName, "headgate.db")), new StoreOptions(), [RoleDirectory.Migrations], NullLogger.Instance, TimeProvider.System);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return new RoleStore(store, folder);
    }

    /// <summary>The roles as one more process sees them.</summary>
    public RoleDirectory NewDirectory()
    {
        var directory = new RoleDirectory(Store, Time, Log);
        _directories.Add(directory);
        return directory;
    }

    public async ValueTask DisposeAsync()
    {
        _directories.ForEach(directory => directory.Dispose());
        await Store.DisposeAsync();
        _folder?.Delete(recursive: true);
    }
}
