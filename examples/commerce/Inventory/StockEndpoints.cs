using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Inventory;

/// <summary>What is in stock.</summary>
internal sealed class StockEndpoints(ServiceRuntime runtime)
{
    private const int MostOnHand = 1_000_000;

    public void Map(ServiceRoutes routes)
    {
        routes.Get("/inventory", Access.Public, List);
        routes.Get("/inventory/{productId}", Access.Public, Get);
        routes.Patch("/inventory/{productId}", Access.Operator, ChangeAsync);
    }

    private Answer List(ServiceRequest request)
    {
        var page = PageQuery.Read(request.Query);
        return Answer.Ok(runtime.Database.Read(connection => InventoryStore.ListStock(connection, page)));
    }

    private Answer Get(ServiceRequest request)
    {
        var id = request.Route("productId");
        var row = runtime.Database.Read(connection => InventoryStore.FindStock(connection, id));
        return Answer.Ok((row ?? throw ApiException.NotFound("Stock of product", id)).ToStock());
    }

    private Task<Answer> ChangeAsync(ServiceRequest request)
    {
        var id = request.Route("productId");
        var change = request.Body<StockChange>();
        if (change.OnHand is < 0 or > MostOnHand)
            throw ApiException.Invalid("/onHand", $"must be from 0 to {MostOnHand}");
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            if (!InventoryStore.SetOnHand(connection, id, change.OnHand, Timestamps.Now(runtime.Clock)))
                throw ApiException.Conflict("STOCK_RESERVED", "More than that is reserved already.");
            return Answer.Ok(InventoryStore.FindStock(connection, id)!.ToStock());
        });
    }
}
