using Commerce.Orders.Checkout;
using Commerce.Orders.History;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Idempotency;
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
        var turns = new OrderTurns();
        new OrderEndpoints(runtime, book, draft, turns).Map(routes);
        new OrderActions(runtime, book, payments, new StockDesk(runtime), turns).Map(routes);
        new CheckoutEndpoints(runtime, book, draft, payments).Map(routes);
        new OrderHistory(runtime).Map(routes);

        // As long as the key under which a price was asked for: whoever still goes on with it comes sooner.
        runtime.Background.Add(new Sweep(runtime.Database, IdempotencyTable.Kept, CheckoutTable.ForgetQuotes, runtime.Clock).RunAsync);
    }
}
