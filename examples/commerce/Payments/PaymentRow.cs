using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Payments;

/// <summary>A row of <c>payments</c>.</summary>
internal sealed record PaymentRow
{
    public string Id { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string OrderId { get; init; } = "";

    public string UserId { get; init; } = "";

    public long AmountMinor { get; init; }

    public long RefundedMinor { get; init; }

    public string Currency { get; init; } = "";

    public string Status { get; init; } = "";

    public string CardLast4 { get; init; } = "";

    public string? ChargeId { get; init; }

    public string? FailureCode { get; init; }

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    public PaymentStatus State => EnumText<PaymentStatus>.Parse(Status);

    public MinorUnits Amount => new(AmountMinor, EnumText<Currency>.Parse(Currency));

    public Payment ToPayment() => new()
    {
        Id = Id,
        OrderId = OrderId,
        UserId = UserId,
        Amount = Amount.ToMoney(),
        Refunded = (Amount with { Value = RefundedMinor }).ToMoney(),
        Status = State,
        CardLast4 = CardLast4,
        ChargeId = ChargeId,
        FailureCode = FailureCode,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
