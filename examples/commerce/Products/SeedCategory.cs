namespace Commerce.Products;

internal sealed record SeedCategory(string Id, string Name, string Description);
