namespace Commerce.Products;

internal sealed record Category
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }
}
