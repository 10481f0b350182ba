using Commerce.Orders.History;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>Order management and processing.</summary>
internal sealed class OrderService : CommerceService
{
    public override string Name => ServiceNames.Order;

    public override int PortOffset => 4;

    public override string Schema => OrderStore.Schema + CustomerOrderTable.Schema;

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        var book = new OrderBook(runtime);
        new OrderEndpoints(runtime, book, new ProductCatalogue(runtime)).Map(routes);
        new OrderActions(runtime, book, new PaymentDesk(runtime)).Map(routes);
        new OrderHistory(runtime).Map(routes);
    }
}
