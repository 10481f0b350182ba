using Commerce.Shared.Web;

namespace Commerce.Products;

/// <summary>What a caller looks for. Prices are compared in minor units of the catalogue's currency.</summary>
internal sealed record ProductSearch
{
    private const decimal MinorPerMajor = 100m;

    private static readonly Dictionary<string, string> Sortable = new()
    {
        ["name"] = "name",
        ["price"] = "price_minor",
        ["rating"] = "rating",
        ["createdAt"] = "created_at",
    };

    public string? Text { get; init; }

    public string? CategoryId { get; init; }

    public long? MinMinor { get; init; }

    public long? MaxMinor { get; init; }

    public string? Status { get; init; }

    public required string OrderBy { get; init; }

    public string Pattern => $"%{Text?.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";

    public static ProductSearch Read(QueryReader query)
    {
        var status = query.Enums<ProductStatus>("status");
        return new ProductSearch
        {
            Text = query.Text("q"),
            CategoryId = query.Text("category"),
            MinMinor = Minor(query.Decimal("minPrice"), decimal.Ceiling),
            MaxMinor = Minor(query.Decimal("maxPrice"), decimal.Floor),
            Status = status.Count > 0 ? EnumText<ProductStatus>.Of(status[0]) : null,
            OrderBy = query.OrderBy(Sortable, "name ASC"),
        };
    }

    private static long? Minor(decimal? price, Func<decimal, decimal> round) =>
        price is { } amount ? (long)round(amount * MinorPerMajor) : null;
}
