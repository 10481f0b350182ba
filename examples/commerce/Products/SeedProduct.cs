using Commerce.Shared.Models;

namespace Commerce.Products;

internal sealed record SeedProduct(
    string Id, string Name, string Description, string CategoryId, Money Price, double Rating, IReadOnlyList<string> Tags, int Stock);
