namespace Commerce.Products;

internal enum ProductStatus
{
    Active,
    Discontinued,
}
