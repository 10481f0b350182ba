namespace Commerce.Inventory;

/// <summary>A row of <c>stock</c>.</summary>
internal sealed record StockRow
{
    public string ProductId { get; init; } = "";

    public long OnHand { get; init; }

    public long Reserved { get; init; }

    public string UpdatedAt { get; init; } = "";

    public Stock ToStock() => new(ProductId, OnHand, Reserved, OnHand - Reserved, UpdatedAt);
}
