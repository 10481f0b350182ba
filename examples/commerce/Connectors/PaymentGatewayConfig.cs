namespace Commerce.Connectors;

/// <summary>From <c>PAYMENT_GATEWAY_URL</c>, <c>PAYMENT_GATEWAY_API_KEY</c> and <c>PAYMENT_GATEWAY_WEBHOOK_SECRET</c>.</summary>
internal sealed record PaymentGatewayConfig(Func<Uri> ApiUrl, string ApiKey, string WebhookSecret, TimeSpan Timeout);
