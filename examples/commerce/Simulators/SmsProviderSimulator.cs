using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Simulators;

/// <summary>
/// An SMS provider to develop and test against. <c>+15005550500</c> has it fail with 500, <c>+15005550001</c> is refused.
/// </summary>
internal sealed class SmsProviderSimulator : CommerceService
{
    private const string FailingNumber = "+15005550500";
    private const string RefusedNumber = "+15005550001";

    public override string Name => ServiceNames.SmsProvider;

    public override int PortOffset => 13;

    public override string AcceptedKey => SecretFiles.SmsProviderApiKey;

    public override bool HasEvents => false;

    public override string Schema => SimulatedOutbox.Schema;

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        var outbox = new SimulatedOutbox(runtime);
        outbox.Map(routes);
        routes.Post("/messages", Access.Service, request =>
        {
            var message = request.Body<SmsMessage>();
            return outbox.AcceptAsync(request, () => message.To switch
            {
                FailingNumber => throw new ApiException(StatusCodes.Status500InternalServerError, "DELIVERY_ERROR", "The network could not be reached."),
                RefusedNumber => throw new ApiException(StatusCodes.Status422UnprocessableEntity, "RECIPIENT_REJECTED", "The number does not exist."),
                _ => new OutboxMessage { To = message.To, From = message.From, Body = message.Body },
            });
        });
    }
}
