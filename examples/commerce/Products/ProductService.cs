using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Products;

/// <summary>The product catalogue.</summary>
internal sealed class ProductService : CommerceService
{
    public override string Name => ServiceNames.Product;

    public override int PortOffset => 1;

    public override string Schema => ProductStore.Schema;

    public override Task PrepareAsync(ServiceRuntime runtime, CancellationToken cancellationToken) =>
        runtime.Database.WriteAsync(connection => Plant(connection, Timestamps.Now(runtime.Clock)), cancellationToken);

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        new CategoryEndpoints(runtime).Map(routes);
        new ValidateEndpoint(runtime).Map(routes);
        new RecommendationsEndpoint(runtime).Map(routes);
        new ProductEndpoints(runtime).Map(routes);
    }

    private static int Plant(SqliteConnection connection, string now)
    {
        if (connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM categories)"))
            return 0;
        var seed = SeedCatalogue.Load();
        foreach (var category in seed.Categories)
        {
            CategoryStore.Insert(connection, new CategoryRow
            {
                Id = category.Id,
                Name = category.Name,
                Description = category.Description,
                Version = 1,
                CreatedAt = now,
                UpdatedAt = now,
            });
        }

        foreach (var product in seed.Products)
            ProductStore.Insert(connection, Row(product, now));
        return seed.Products.Count;
    }

    private static ProductRow Row(SeedProduct product, string now)
    {
        var change = new ProductChange
        {
            Name = product.Name,
            Description = product.Description,
            CategoryId = product.CategoryId,
            Price = product.Price,
            Status = ProductStatus.Active,
            Tags = product.Tags,
        };
        return change.ApplyTo(new ProductRow { Id = product.Id, CreatedAt = now, Rating = product.Rating }, now);
    }
}
