namespace Commerce.Payments;

/// <summary>Error codes that callers of the payment service act upon.</summary>
internal static class PaymentCodes
{
    public const string Declined = "PAYMENT_DECLINED";
    public const string Exists = "PAYMENT_EXISTS";
}
