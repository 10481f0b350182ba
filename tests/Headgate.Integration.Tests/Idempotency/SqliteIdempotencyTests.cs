using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Idempotency;

public sealed class SqliteIdempotencyTests : IdempotencyTableCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<StoreLocation> LocationAsync() => Task.FromResult(_folder.Store);
}
