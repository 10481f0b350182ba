using Commerce.Shared.Web;

namespace Commerce.Inventory;

/// <summary>What is to be reserved. An order request fits: all but its items is ignored.</summary>
internal sealed record ReserveRequest
{
    public const int MostItems = 200;
    public const int MostPieces = 10_000;

    public required IReadOnlyList<ReservationItem> Items { get; init; }

    /// <summary>The items by product, each product once: what one order wants of a product is one wish.</summary>
    public IReadOnlyList<ReservationItem> Wishes()
    {
        var violations = new Violations();
        violations.Require(Items.Count is > 0 and <= MostItems, "/items", $"must have 1 to {MostItems} entries");
        for (var i = 0; i < Items.Count; i++)
            violations.Require(Items[i].Quantity is > 0 and <= MostPieces, $"/items/{i}/quantity", $"must be from 1 to {MostPieces}");
        violations.ThrowIfAny();
        return [.. Items.GroupBy(item => item.ProductId, StringComparer.Ordinal)
            .OrderBy(product => product.Key, StringComparer.Ordinal)
            .Select(product => new ReservationItem { ProductId = product.Key, Quantity = product.Sum(item => item.Quantity) })];
    }
}
