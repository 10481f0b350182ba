namespace Commerce.Products;

internal sealed record ValidateProductsResponse(bool Valid, IReadOnlyList<Product> Products);
