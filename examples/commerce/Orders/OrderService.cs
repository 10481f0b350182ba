using Commerce.Orders.Checkout;
using Commerce.Orders.History;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>Order management and processing.</summary>
internal sealed class OrderService : CommerceService
{
    public override string Name => ServiceNames.Order;

    public override int PortOffset => 4;

    public override string Schema => OrderStore.Schema + CustomerOrderTable.Schema + CheckoutTable.Schema;

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        var book = new OrderBook(runtime);
        var draft = new OrderDraft(new ProductCatalogue(runtime), runtime.Clock);
        var payments = new PaymentDesk(runtime);
        new OrderEndpoints(runtime, book, draft).Map(routes);
        new OrderActions(runtime, book, payments, new StockDesk(runtime)).Map(routes);
        new CheckoutEndpoints(runtime, book, draft, payments).Map(routes);
        new OrderHistory(runtime).Map(routes);
    }
}
