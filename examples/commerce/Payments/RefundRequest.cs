using Commerce.Shared.Models;

namespace Commerce.Payments;

/// <summary>What is paid back: an amount, or all that is left.</summary>
internal sealed record RefundRequest
{
    public Money? Amount { get; init; }

    public string? Reason { get; init; }
}
