namespace Commerce.Payments;

/// <summary>Error codes that callers of the payment service act upon.</summary>
internal static class PaymentCodes
{
    public const string Declined = "PAYMENT_DECLINED";
    public const string Exists = "PAYMENT_EXISTS";

    /// <summary>The provider's: what was set aside is taken already, or let go.</summary>
    public const string IntentClosed = "INTENT_CLOSED";
}
