namespace Commerce.Products;

/// <summary>Product ids alone, or the items of an order request (of which everything else is ignored).</summary>
internal sealed record ValidateProductsRequest
{
    public IReadOnlyList<string>? ProductIds { get; init; }

    public IReadOnlyList<ValidateItem>? Items { get; init; }

    public IEnumerable<string> Ids => ProductIds ?? Items!.Select(item => item.ProductId);
}
