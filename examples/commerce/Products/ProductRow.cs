using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Products;

/// <summary>A row of <c>products</c>.</summary>
internal sealed record ProductRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public string CategoryId { get; init; } = "";

    public long PriceMinor { get; init; }

    public string Currency { get; init; } = "";

    public string Status { get; init; } = "";

    public string Tags { get; init; } = "";

    public double? Rating { get; init; }

    public long Version { get; init; }

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    public MinorUnits Price => new(PriceMinor, EnumText<Currency>.Parse(Currency));

    public bool IsActive => Status == EnumText<ProductStatus>.Of(ProductStatus.Active);

    public Product ToProduct() => new()
    {
        Id = Id,
        Name = Name,
        Description = Description,
        CategoryId = CategoryId,
        Price = Price.ToMoney(),
        Status = EnumText<ProductStatus>.Parse(Status),
        Tags = Json.Read<string[]>(Tags),
        Rating = Rating,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
