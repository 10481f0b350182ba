using Commerce.Connectors;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>The inventory service, as the order service sees it.</summary>
internal sealed class StockDesk(ServiceRuntime runtime)
{
    private readonly HttpClientService _inventory = runtime.ClientFor(ServiceNames.Inventory);

    /// <summary>Gives back what was promised for an order, once.</summary>
    public async Task ReleaseAsync(OrderRow order, string reservationId, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            await _inventory.PostAsync<object>(
                "/inventory/release", new { reservationId }, call with { UserId = null }, $"cancel-{order.Id}", cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, "SERVICE_UNAVAILABLE", "The inventory service does not answer.", cause: error)
            {
                RetryAfterSeconds = 1,
            };
        }
    }
}
