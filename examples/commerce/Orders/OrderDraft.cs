using System.Text.Json;
using Commerce.Shared.Data;
using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>Makes orders of requests: with the names and prices that the catalogue has now.</summary>
internal sealed class OrderDraft(ProductCatalogue catalogue, TimeProvider clock)
{
    /// <summary>What order ids begin with.</summary>
    public const string IdPrefix = "ord";

    /// <summary>The products of a request; 422 when one of them cannot be ordered.</summary>
    public Task<IReadOnlyDictionary<string, QuotedProduct>> QuoteAsync(CreateOrderRequest wanted, CallContext call, CancellationToken cancellationToken) =>
        catalogue.QuoteAsync(wanted.Items, call, cancellationToken);

    /// <summary>The order that the request makes, at these prices; nothing is written.</summary>
    public OrderRow Price(CreateOrderRequest wanted, IReadOnlyDictionary<string, QuotedProduct> products)
    {
        var items = new List<OrderItem>();
        var lines = new List<MinorUnits>();
        foreach (var item in wanted.Items)
        {
            var product = products[item.ProductId];
            if (!MinorUnits.TryFrom(product.Price, out var unit))
                throw new InvalidOperationException($"The price of {product.Id} is not a whole number of minor units.");
            lines.Add(unit.Times(item.Quantity));
            items.Add(new OrderItem
            {
                ProductId = product.Id,
                ProductName = product.Name,
                Quantity = item.Quantity,
                UnitPrice = unit.ToMoney(),
                TotalPrice = lines[^1].ToMoney(),
                Metadata = item.Metadata ?? new Dictionary<string, JsonElement>(),
            });
        }

        return Row(wanted, items, OrderPricing.Of(lines, wanted.ShippingAddress.Country));
    }

    private OrderRow Row(CreateOrderRequest wanted, List<OrderItem> items, OrderPricing pricing)
    {
        var now = Timestamps.Now(clock);
        return new OrderRow
        {
            Id = Ids.New(IdPrefix, clock),
            UserId = wanted.UserId,
            Items = Json.Text(items),
            ShippingAddress = Json.Text(wanted.ShippingAddress),
            BillingAddress = Json.Text(wanted.BillingAddress ?? wanted.ShippingAddress),
            Currency = EnumText<Currency>.Of(pricing.Total.Currency),
            SubtotalMinor = pricing.Subtotal.Value,
            TaxMinor = pricing.Tax.Value,
            ShippingMinor = pricing.Shipping.Value,
            TotalMinor = pricing.Total.Value,
            Status = EnumText<OrderStatus>.Of(OrderStatus.Pending),
            Notes = wanted.Notes,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
