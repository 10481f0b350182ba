using Commerce.Shared.Web;

namespace Commerce.Products;

/// <summary>The start data: categories, products and how many of each lie in stock (<c>catalogue.json</c>).</summary>
internal sealed record SeedCatalogue(IReadOnlyList<SeedCategory> Categories, IReadOnlyList<SeedProduct> Products)
{
    public static SeedCatalogue Load()
    {
        using var stream = typeof(SeedCatalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        using var reader = new StreamReader(stream);
        return Json.Read<SeedCatalogue>(reader.ReadToEnd());
    }
}
