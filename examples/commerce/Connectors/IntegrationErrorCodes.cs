namespace Commerce.Connectors;

internal static class IntegrationErrorCodes
{
    public const string PaymentGateway = "PAYMENT_GATEWAY_ERROR";
    public const string PaymentStatus = "PAYMENT_STATUS_ERROR";
    public const string Refund = "REFUND_ERROR";
    public const string EmailSend = "EMAIL_SEND_ERROR";
    public const string EmailTemplate = "EMAIL_TEMPLATE_ERROR";
    public const string SmsSend = "SMS_SEND_ERROR";
}
