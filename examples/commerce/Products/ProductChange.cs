using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Products;

/// <summary>The body of a product's creation (then with name, category and price) and of its partial update.</summary>
internal sealed record ProductChange
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? CategoryId { get; init; }

    public Money? Price { get; init; }

    public ProductStatus? Status { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public void Validate(bool creating)
    {
        var violations = new Violations();
        violations.Require(!creating || Name is not null, "/name", "is required");
        violations.Require(!creating || CategoryId is not null, "/categoryId", "is required");
        violations.Require(!creating || Price is not null, "/price", "is required");
        violations.Text(Name, "/name", 200);
        violations.Text(Description, "/description", 4000, shortest: 0);
        violations.Require(Price is null || MinorUnits.TryFrom(Price, out _), "/price/amount",
            "must be a whole number of the currency's smallest unit, from 0 to 1000000000");
        violations.Require(Tags is null || (Tags.Count <= 20 && Tags.All(tag => tag.Length is > 0 and <= 40)),
            "/tags", "must be at most 20 texts of 1 to 40 characters");
        violations.ThrowIfAny();
    }

    /// <summary>The row as it is after this change.</summary>
    public ProductRow ApplyTo(ProductRow row, string now)
    {
        var price = row.Currency.Length > 0 ? row.Price : default;
        if (Price is not null)
            MinorUnits.TryFrom(Price, out price);
        return row with
        {
            Name = Name ?? row.Name,
            Description = Description ?? row.Description,
            CategoryId = CategoryId ?? row.CategoryId,
            PriceMinor = price.Value,
            Currency = EnumText<Currency>.Of(price.Currency),
            Status = Status is { } status ? EnumText<ProductStatus>.Of(status) : row.Status,
            Tags = Tags is not null ? Json.Text(Tags) : row.Tags,
            Version = row.Version + 1,
            UpdatedAt = now,
        };
    }
}
