namespace Commerce.Connectors;

/// <summary>From <c>SMS_PROVIDER_URL</c>, <c>SMS_PROVIDER_API_KEY</c> and <c>SMS_FROM_NUMBER</c>.</summary>
internal sealed record SmsProviderConfig(Func<Uri> ApiUrl, string ApiKey, string FromNumber);
