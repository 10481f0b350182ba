using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>A store of API keys on an SQLite file of the test's own, or somewhere else, and the directory of one process over it.</summary>
internal sealed class KeyStore : IAsyncDisposable
{
    private readonly string? _folder;
    private bool _isClosed;

    private KeyStore(Store store, string? folder, TimeProvider time)
    {
        (Store, _folder) = (store, folder);
        Directory = new ApiKeyDirectory(store, time, Log);
    }

    public Store Store { get; }

    public ApiKeyDirectory Directory { get; }

    public RecordingLogger<ApiKeyDirectory> Log { get; } = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Opens one and reads its keys.</summary>
    /// <param name="time">The clock of the keys; the store's own is real.</param>
    /// <param name="location">Where; null for a new file.</param>
    public static async Task<KeyStore> OpenAsync(TimeProvider time, StoreLocation? location = null)
    {
        string? folder = location is null ? System.IO.Directory.CreateTempSubdirectory("headgate-keys-").FullName : null;
        location ??= StoreLocation.OfFile(Path.Combine(folder!, "headgate.db"));
        Store store = Store.Create(location, new StoreOptions(), [ApiKeyDirectory.Migrations], NullLogger.Instance, TimeProvider.System);
        await store.OpenAsync(Stop);
        var keys = new KeyStore(store, folder, time);
        await keys.Directory.ReadAsync(Stop);
        return keys;
    }

    public async Task<IssuedApiKey> CreateAsync(ApiKeyDraft? draft = null) => (await Directory.CreateAsync(draft ?? new ApiKeyDraft { Name = "test" }, Stop))!;

    /// <summary>Closes the store: who asks it for something from now on fails.</summary>
    public async Task CloseAsync()
    {
        if (!_isClosed)
            await Store.DisposeAsync();
        _isClosed = true;
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Dispose();
        await CloseAsync();
        if (_folder is not null)
            System.IO.Directory.Delete(_folder, recursive: true);
    }
}
