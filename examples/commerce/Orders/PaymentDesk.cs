using Commerce.Connectors;
using Commerce.Payments;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>The payment service, as the order service sees it.</summary>
internal sealed class PaymentDesk(ServiceRuntime runtime)
{
    private readonly HttpClientService _payments = runtime.ClientFor(ServiceNames.Payment);

    /// <summary>Has an order paid. The key is the order's own, so that no order is paid twice, whoever repeats what.</summary>
    public async Task<PaymentReceipt> PayAsync(OrderRow order, PaymentMethod? method, CallContext call, CancellationToken cancellationToken)
    {
        var payment = new { orderId = order.Id, amount = order.Total.ToMoney(), paymentMethod = method };
        try
        {
            return await _payments.PostAsync<PaymentReceipt>(
                "/payments", payment, call with { UserId = order.UserId }, $"order-{order.Id}-{order.DeclinedPayments}", cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw Translate(error);
        }
    }

    /// <summary>The id of the payment that went through for an order, or null when there is none.</summary>
    public async Task<string?> FindPaidAsync(OrderRow order, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            var page = await _payments.GetAsync<PageResponse<PaymentReceipt>>(
                $"/payments?orderId={Uri.EscapeDataString(order.Id)}", call with { UserId = order.UserId }, cancellationToken);
            if (page.Content.Any(payment => payment.Status == PaymentStatus.Pending))
                throw Unresolved(null);
            return page.Content.FirstOrDefault(payment => payment.Status is PaymentStatus.Succeeded or PaymentStatus.PartiallyRefunded)?.Id;
        }
        catch (HttpCallException error)
        {
            throw Translate(error);
        }
    }

    /// <summary>A payment of the order's customer.</summary>
    public async Task<PaymentReceipt> GetAsync(OrderRow order, string paymentId, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return await _payments.GetAsync<PaymentReceipt>(
                $"/payments/{Uri.EscapeDataString(paymentId)}", call with { UserId = order.UserId }, cancellationToken);
        }
        catch (HttpCallException error) when (error.Status == StatusCodes.Status404NotFound)
        {
            throw ApiException.Conflict("ORDER_NOT_PAID", $"There is no payment {paymentId}.");
        }
        catch (HttpCallException error)
        {
            throw Translate(error);
        }
    }

    /// <summary>Pays back what is left of a payment, as the service itself: customers may not refund on their own.</summary>
    public async Task RefundAsync(OrderRow order, string paymentId, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            await _payments.PostAsync<PaymentReceipt>(
                $"/payments/{paymentId}/refund", new { reason = "order cancelled" },
                call with { UserId = null }, $"cancel-{order.Id}", cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw Translate(error);
        }
    }

    private static ApiException Translate(HttpCallException error)
    {
        if (error.ErrorCode == PaymentCodes.Declined)
            return new ApiException(StatusCodes.Status402PaymentRequired, PaymentCodes.Declined, "The payment was declined.", error.ErrorDetails, error);
        // The key or the order is taken by an attempt with another card, of which nobody knows yet how it ended.
        if (error.Status is StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity)
            return Unresolved(error);
        return error.TimedOut || error.Status == StatusCodes.Status504GatewayTimeout
            ? new ApiException(StatusCodes.Status504GatewayTimeout, error.ErrorCode ?? "GATEWAY_TIMEOUT", "The payment service did not answer in time.", cause: error)
            : new ApiException(StatusCodes.Status502BadGateway, error.ErrorCode ?? "BAD_GATEWAY", "The payment service could not do it.", error.ErrorDetails, error);
    }

    private static ApiException Unresolved(HttpCallException? error) =>
        new(StatusCodes.Status409Conflict, "PAYMENT_UNRESOLVED",
            "An earlier payment has no known outcome yet: repeat it with the same payment method.", cause: error)
        {
            RetryAfterSeconds = 1,
        };
}
