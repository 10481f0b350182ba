namespace Commerce.Connectors;

/// <summary>From <c>EMAIL_PROVIDER_URL</c>, <c>EMAIL_PROVIDER_API_KEY</c> and <c>EMAIL_FROM</c>.</summary>
internal sealed record EmailProviderConfig(Func<Uri> ApiUrl, string ApiKey, string FromEmail);
