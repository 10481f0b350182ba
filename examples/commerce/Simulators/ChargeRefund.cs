namespace Commerce.Simulators;

internal sealed record ChargeRefund(string Id, string ChargeId, long Amount, string Status);
