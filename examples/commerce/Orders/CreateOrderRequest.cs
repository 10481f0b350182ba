using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Orders;

internal sealed record CreateOrderRequest
{
    private const int MostItems = 200;
    private const int MostPieces = 10_000;

    public required string UserId { get; init; }

    public required IReadOnlyList<OrderItemRequest> Items { get; init; }

    public required Address ShippingAddress { get; init; }

    public Address? BillingAddress { get; init; }

    public string? Notes { get; init; }

    /// <summary>What is promised of the stock for it. Only who sees the order through says so: until it is confirmed its customer can neither pay it nor call it off.</summary>
    public string? ReservationId { get; init; }

    public void Validate()
    {
        var violations = new Violations();
        violations.Require(Items.Count is > 0 and <= MostItems, "/items", $"must have 1 to {MostItems} entries");
        for (var i = 0; i < Items.Count; i++)
            violations.Require(Items[i].Quantity is > 0 and <= MostPieces, $"/items/{i}/quantity", $"must be from 1 to {MostPieces}");
        Check(violations, ShippingAddress, "/shippingAddress");
        if (BillingAddress is not null)
            Check(violations, BillingAddress, "/billingAddress");
        violations.Text(Notes, "/notes", 1000, shortest: 0);
        violations.ThrowIfAny();
    }

    private static void Check(Violations violations, Address address, string pointer)
    {
        violations.Text(address.Street, $"{pointer}/street", 200);
        violations.Text(address.City, $"{pointer}/city", 100);
        violations.Text(address.State, $"{pointer}/state", 100);
        violations.Text(address.PostalCode, $"{pointer}/postalCode", 20);
    }
}
