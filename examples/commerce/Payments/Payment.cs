using Commerce.Shared.Models;

namespace Commerce.Payments;

internal sealed record Payment
{
    public required string Id { get; init; }

    public required string OrderId { get; init; }

    public required string UserId { get; init; }

    public required Money Amount { get; init; }

    public required Money Refunded { get; init; }

    public required PaymentStatus Status { get; init; }

    public required string CardLast4 { get; init; }

    public string? ChargeId { get; init; }

    public string? FailureCode { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }
}
