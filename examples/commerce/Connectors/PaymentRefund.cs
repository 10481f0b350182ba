namespace Commerce.Connectors;

internal sealed record PaymentRefund(string Id, string ChargeId, long Amount, string Status);
