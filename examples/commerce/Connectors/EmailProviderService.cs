using System.Text.Json;
using System.Text.Json.Serialization;
using Commerce.Shared.Web;

namespace Commerce.Connectors;

/// <summary>The email provider, as the notification service sees it.</summary>
internal sealed class EmailProviderService(HttpClientFactory factory, EmailProviderConfig config) : IDisposable
{
    private readonly HttpClientService _client = factory.Create(new HttpClientConfig { BaseUrl = config.ApiUrl, ApiKey = () => config.ApiKey });

    public async Task<SentMessage> SendEmailAsync(
        string to, string subject, string body, CallContext call, string idempotencyKey, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.PostAsync<SentMessage>(
                "/send", new { to, from = config.FromEmail, subject, html = body }, call, idempotencyKey, cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw new IntegrationException("Failed to send email", IntegrationErrorCodes.EmailSend, new { to, subject }, error);
        }
    }

    public async Task<SentMessage> SendTemplateEmailAsync(
        string to, string templateId, IReadOnlyDictionary<string, JsonElement> variables, CallContext call, string idempotencyKey, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.PostAsync<SentMessage>(
                "/send-template", new TemplateMessage(to, config.FromEmail, templateId, variables), call, idempotencyKey, cancellationToken);
        }
        catch (HttpCallException error)
        {
            throw new IntegrationException("Failed to send template email", IntegrationErrorCodes.EmailTemplate, new { to, templateId }, error);
        }
    }

    public void Dispose() => _client.Dispose();

    private sealed record TemplateMessage(
        string To,
        string From,
        [property: JsonPropertyName("template_id")] string TemplateId,
        IReadOnlyDictionary<string, JsonElement> Variables);
}
