[assembly: AssemblyFixture(typeof(Commerce.Tests.Support.ShopFixture))]

namespace Commerce.Tests.Support;

/// <summary>The shop that tests share when they need nothing special of it.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    internal Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await Shop.StartAsync();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
