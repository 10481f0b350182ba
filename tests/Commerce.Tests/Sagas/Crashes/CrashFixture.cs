namespace Commerce.Tests.Sagas.Crashes;

/// <summary>The shop in which programs crash, opened for the first crash, and again after one that went wrong: the next begins with books that agree.</summary>
[CollectionDefinition(nameof(CrashFixture))]
public sealed class CrashFixture : ICollectionFixture<CrashFixture>, IAsyncDisposable
{
    private CrashingShop? _shop;

    /// <summary>Crashes.</summary>
    internal async Task RunAsync(Crash crash)
    {
        try
        {
            _shop ??= await CrashingShop.OpenAsync(CrashingShop.Programs);
            TestContext.Current.TestOutputHelper?.WriteLine(await new CheckoutCrash(_shop, crash).RunAsync());
        }
        catch
        {
            await LeaveAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null)
            await _shop.DisposeAsync();
    }

    private async Task LeaveAsync()
    {
        if (_shop is null)
            return;
        TestContext.Current.TestOutputHelper?.WriteLine($"The data of all programs are kept: {_shop.Data}");
        _shop.KeepsData = true;
        await _shop.DisposeAsync();
        _shop = null;
    }
}
