using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>Prices an order: items at catalogue prices, the tax of the country it is sent to, and shipping.</summary>
internal sealed record OrderPricing(MinorUnits Subtotal, MinorUnits Tax, MinorUnits Shipping)
{
    private const long ShippingMinor = 599;
    private const long FreeShippingFromMinor = 5_000;

    public MinorUnits Total => Subtotal.Plus(Tax).Plus(Shipping);

    public static OrderPricing Of(IReadOnlyList<MinorUnits> lines, Country destination)
    {
        if (lines.Any(line => line.Currency != lines[0].Currency))
        {
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, "MIXED_CURRENCIES",
                "All items of an order must be priced in one currency.");
        }

        var subtotal = lines.Aggregate((sum, line) => sum.Plus(line));
        var shipping = subtotal with { Value = subtotal.Value >= FreeShippingFromMinor ? 0 : ShippingMinor };
        var pricing = new OrderPricing(subtotal, subtotal.Share(TaxRate(destination)), shipping);
        // Beyond that no payment is taken, and an amount that travels is no longer exact.
        return MinorUnits.TryFrom(pricing.Total.ToMoney(), out _)
            ? pricing
            : throw new ApiException(StatusCodes.Status422UnprocessableEntity, "ORDER_TOO_LARGE", "The order is worth more than can be paid at once.");
    }

    private static decimal TaxRate(Country destination) => destination switch
    {
        Country.UnitedStates => 0.0725m,
        Country.UnitedKingdom => 0.20m,
        Country.Germany => 0.19m,
        Country.France => 0.20m,
        Country.Japan => 0.10m,
        _ => throw new InvalidOperationException($"No tax rate for {destination}."),
    };
}
