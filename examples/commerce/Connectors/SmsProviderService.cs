using Commerce.Shared.Web;

namespace Commerce.Connectors;

/// <summary>The SMS provider, as the notification service sees it.</summary>
internal sealed class SmsProviderService(HttpClientFactory factory, SmsProviderConfig config) : IDisposable
{
    private readonly HttpClientService _client = factory.Create(new HttpClientConfig { BaseUrl = config.ApiUrl, ApiKey = () => config.ApiKey });

    public async Task<SentMessage> SendSmsAsync(
        string to, string body, CallContext call, string idempotencyKey, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.PostAsync<SentMessage>(
                "/messages", new { to, from = config.FromNumber, body }, call, idempotencyKey, cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw new IntegrationException("Failed to send SMS", IntegrationErrorCodes.SmsSend, new { to }, error);
        }
    }

    public void Dispose() => _client.Dispose();
}
