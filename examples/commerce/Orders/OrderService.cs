using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>Order management and processing.</summary>
internal sealed class OrderService : CommerceService
{
    public override string Name => ServiceNames.Order;

    public override int PortOffset => 4;

    public override string Schema => OrderStore.Schema;

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        new OrderEndpoints(runtime, new ProductCatalogue(runtime)).Map(routes);
        new OrderActions(runtime, new PaymentDesk(runtime)).Map(routes);
    }
}
