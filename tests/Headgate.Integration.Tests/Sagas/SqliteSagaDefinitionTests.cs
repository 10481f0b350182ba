using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Sagas;

public sealed class SqliteSagaDefinitionTests : SagaDefinitionCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override Task<StoreLocation> NewLocationAsync() => Task.FromResult(_folder.Store);
}
