using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Connectors;

/// <summary>The payment provider, as the payment service sees it.</summary>
internal sealed class PaymentGatewayService(HttpClientFactory factory, PaymentGatewayConfig config) : IDisposable
{
    private readonly HttpClientService _client = factory.Create(new HttpClientConfig
    {
        BaseUrl = config.ApiUrl,
        ApiKey = () => config.ApiKey,
        Timeout = config.Timeout,
    });

    /// <summary>Charges a card. The same key never charges twice, however often it is called.</summary>
    public Task<PaymentCharge> CreateChargeAsync(
        MinorUnits amount, string card, object metadata, CallContext call, string idempotencyKey, CancellationToken cancellationToken) =>
        CreateAsync<PaymentCharge>("charge", amount, card, metadata, call, idempotencyKey, cancellationToken);

    /// <summary>Sets money aside. The same key never does twice.</summary>
    public Task<PaymentIntent> CreateIntentAsync(
        MinorUnits amount, string card, object metadata, CallContext call, string idempotencyKey, CancellationToken cancellationToken) =>
        CreateAsync<PaymentIntent>("intent", amount, card, metadata, call, idempotencyKey, cancellationToken);

    /// <summary>Takes what was set aside.</summary>
    public Task<PaymentIntent> CaptureAsync(string intentId, CallContext call, string idempotencyKey, CancellationToken cancellationToken) =>
        CloseAsync(intentId, "capture", call, idempotencyKey, cancellationToken);

    /// <summary>Lets go of what was set aside.</summary>
    public Task<PaymentIntent> CancelIntentAsync(string intentId, CallContext call, string idempotencyKey, CancellationToken cancellationToken) =>
        CloseAsync(intentId, "cancel", call, idempotencyKey, cancellationToken);

    public async Task<PaymentCharge> GetChargeStatusAsync(string chargeId, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.GetAsync<PaymentCharge>($"/charges/{chargeId}", call, cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw new IntegrationException("Failed to fetch payment status", IntegrationErrorCodes.PaymentStatus, new { chargeId }, error);
        }
    }

    public async Task<PaymentRefund> RefundAsync(
        string chargeId, MinorUnits amount, CallContext call, string idempotencyKey, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.PostAsync<PaymentRefund>(
                $"/charges/{chargeId}/refund", new { amount = amount.Value }, call, idempotencyKey, cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw new IntegrationException("Payment refund failed", IntegrationErrorCodes.Refund,
                new { chargeId, amount = amount.Value }, error);
        }
    }

    private async Task<T> CreateAsync<T>(
        string what, MinorUnits amount, string card, object metadata, CallContext call, string idempotencyKey, CancellationToken cancellationToken)
    {
        var currency = EnumText<Currency>.Of(amount.Currency);
        try
        {
            return await _client.PostAsync<T>(
                $"/{what}s", new { amount = amount.Value, currency, source = new { card }, metadata }, call, idempotencyKey, cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw new IntegrationException($"Payment gateway {what} failed", IntegrationErrorCodes.PaymentGateway,
                new { amount = amount.Value, currency }, error);
        }
    }

    private async Task<PaymentIntent> CloseAsync(string intentId, string how, CallContext call, string idempotencyKey, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.PostAsync<PaymentIntent>($"/intents/{intentId}/{how}", null, call, idempotencyKey, cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw new IntegrationException($"Payment gateway {how} failed", IntegrationErrorCodes.PaymentGateway, new { intentId }, error);
        }
    }

    public void Dispose() => _client.Dispose();
}
