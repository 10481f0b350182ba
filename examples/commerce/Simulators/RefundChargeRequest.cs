namespace Commerce.Simulators;

/// <summary>How much of a charge is paid back; without an amount all that is left.</summary>
internal sealed record RefundChargeRequest
{
    public long? Amount { get; init; }
}
