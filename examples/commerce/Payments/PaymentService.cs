using Commerce.Connectors;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Payments;

/// <summary>Payment processing.</summary>
internal sealed class PaymentService : CommerceService
{
    public override string Name => ServiceNames.Payment;

    public override int PortOffset => 5;

    public override string Schema => PaymentStore.Schema;

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        var gateway = runtime.Own(new PaymentGatewayService(runtime.Clients, IntegrationsConfig.PaymentGateway(runtime)));
        var book = new PaymentBook(runtime);
        new PaymentEndpoints(runtime, book, gateway).Map(routes);
        new IntentEndpoints(runtime, book, gateway).Map(routes);
        new RefundEndpoint(runtime, book, gateway).Map(routes);
    }
}
