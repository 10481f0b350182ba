using Commerce.Shared.Hosting;

namespace Commerce.Connectors;

/// <summary>
/// The third parties, from the environment. What it does not say falls back to the simulators: their addresses, the keys
/// that they were started with, and a sender that looks like one.
/// </summary>
internal static class IntegrationsConfig
{
    private const string DefaultFromEmail = "shop@commerce.example";
    private const string DefaultFromNumber = "+15005550006";

    public static PaymentGatewayConfig PaymentGateway(ServiceRuntime runtime) => new(
        () => runtime.Directory.Find(ServiceNames.PaymentProvider, "PAYMENT_GATEWAY_URL"),
        runtime.Secrets.Get(SecretFiles.PaymentGatewayApiKey),
        runtime.Secrets.Get(SecretFiles.PaymentGatewayWebhookSecret),
        runtime.Options.PaymentTimeout);

    public static EmailProviderConfig EmailProvider(ServiceRuntime runtime) => new(
        () => runtime.Directory.Find(ServiceNames.EmailProvider, "EMAIL_PROVIDER_URL"),
        runtime.Secrets.Get(SecretFiles.EmailProviderApiKey),
        Text(runtime, "EMAIL_FROM", DefaultFromEmail));

    public static SmsProviderConfig SmsProvider(ServiceRuntime runtime) => new(
        () => runtime.Directory.Find(ServiceNames.SmsProvider, "SMS_PROVIDER_URL"),
        runtime.Secrets.Get(SecretFiles.SmsProviderApiKey),
        Text(runtime, "SMS_FROM_NUMBER", DefaultFromNumber));

    private static string Text(ServiceRuntime runtime, string variable, string fallback) =>
        runtime.Options.Environment(variable) is { Length: > 0 } text ? text : fallback;
}
