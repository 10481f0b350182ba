namespace Commerce.Shared.Hosting;

internal static class ServiceNames
{
    public const string Product = "product-service";
    public const string User = "user-service";
    public const string Inventory = "inventory-service";
    public const string Order = "order-service";
    public const string Payment = "payment-service";
    public const string Notification = "notification-service";
    public const string PaymentProvider = "payment-provider";
    public const string EmailProvider = "email-provider";
    public const string SmsProvider = "sms-provider";
}
