namespace Commerce.Products;

internal sealed record ValidateItem
{
    public required string ProductId { get; init; }

    public int Quantity { get; init; } = 1;
}
