namespace Commerce.Connectors;

/// <summary>A charge at the payment provider; amounts are in minor units.</summary>
internal sealed record PaymentCharge(string Id, long Amount, string Currency, string Status, long Refunded);
