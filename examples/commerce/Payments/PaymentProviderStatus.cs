using Commerce.Connectors;

namespace Commerce.Payments;

/// <summary>What the shop believes of a payment beside what the provider says.</summary>
internal sealed record PaymentProviderStatus(string PaymentId, PaymentStatus Status, PaymentCharge? Charge);
