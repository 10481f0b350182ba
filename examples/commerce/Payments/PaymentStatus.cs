namespace Commerce.Payments;

internal enum PaymentStatus
{
    Pending,
    Authorized,
    Succeeded,
    Failed,
    PartiallyRefunded,
    Refunded,
    Voided,
}
