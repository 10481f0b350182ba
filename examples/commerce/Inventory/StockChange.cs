namespace Commerce.Inventory;

/// <summary>The body of a stock-taking: how many pieces there are.</summary>
internal sealed record StockChange
{
    public required int OnHand { get; init; }
}
