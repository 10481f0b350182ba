using Commerce.Shared.Models;

namespace Commerce.Products;

internal sealed record Product
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string CategoryId { get; init; }

    public required Money Price { get; init; }

    public required ProductStatus Status { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public double? Rating { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }
}
