using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Payments;

internal sealed record CreatePaymentRequest
{
    public required string OrderId { get; init; }

    public required Money Amount { get; init; }

    /// <summary>Without a method the provider's ordinary test card is charged.</summary>
    public PaymentMethod? PaymentMethod { get; init; }

    public PaymentMethod Method => PaymentMethod ?? Payments.PaymentMethod.TestCard;

    public MinorUnits Validate()
    {
        var violations = new Violations();
        violations.Text(OrderId, "/orderId", 100);
        violations.Require(MinorUnits.TryFrom(Amount, out var amount) && amount.Value > 0, "/amount/amount",
            "must be a positive whole number of the currency's smallest unit");
        violations.ThrowIfAny();
        PaymentMethod?.Validate("/paymentMethod");
        return amount;
    }
}
