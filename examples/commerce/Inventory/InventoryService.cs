using Commerce.Products;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Inventory;

/// <summary>Stock and reservations.</summary>
internal sealed class InventoryService : CommerceService
{
    public override string Name => ServiceNames.Inventory;

    public override int PortOffset => 3;

    public override string Schema => InventoryStore.Schema;

    public override Task PrepareAsync(ServiceRuntime runtime, CancellationToken cancellationToken) =>
        runtime.Database.WriteAsync(connection => Plant(connection, Timestamps.Now(runtime.Clock)), cancellationToken);

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        new ReservationEndpoints(runtime).Map(routes);
        new StockEndpoints(runtime).Map(routes);
    }

    private static int Plant(SqliteConnection connection, string now)
    {
        if (connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM stock)"))
            return 0;
        var products = SeedCatalogue.Load().Products;
        foreach (var product in products)
            InventoryStore.SetOnHand(connection, product.Id, product.Stock, now);
        return products.Count;
    }
}
