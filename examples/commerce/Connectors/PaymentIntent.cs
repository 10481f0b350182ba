namespace Commerce.Connectors;

/// <summary>Money that the payment provider has set aside; with a charge once it is taken.</summary>
internal sealed record PaymentIntent(string Id, string Status, string? ChargeId = null);
