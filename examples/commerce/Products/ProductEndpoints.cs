using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Products;

/// <summary>The products of the catalogue.</summary>
internal sealed class ProductEndpoints(ServiceRuntime runtime)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Get("/products", Access.Public, List);
        routes.Post("/products", Access.Operator, CreateAsync);
        routes.Get("/products/{productId}", Access.Public, Get);
        routes.Patch("/products/{productId}", Access.Operator, UpdateAsync);
        routes.Delete("/products/{productId}", Access.Operator, DeleteAsync);
    }

    private Answer List(ServiceRequest request)
    {
        var search = ProductSearch.Read(request.Query);
        var page = PageQuery.Read(request.Query);
        return Answer.Ok(runtime.Database.Read(connection => ProductStore.Search(connection, search, page)));
    }

    private Answer Get(ServiceRequest request)
    {
        var row = runtime.Database.Read(connection => Existing(connection, request));
        return EntityTag.Conditional(request, row.Version, row.ToProduct());
    }

    private Task<Answer> CreateAsync(ServiceRequest request)
    {
        var wanted = request.Body<ProductChange>();
        wanted.Validate(creating: true);
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            var now = Timestamps.Now(runtime.Clock);
            var blank = new ProductRow
            {
                Id = Ids.New("prd", runtime.Clock),
                Status = EnumText<ProductStatus>.Of(ProductStatus.Active),
                Tags = "[]",
                CreatedAt = now,
            };
            var row = wanted.ApplyTo(blank, now);
            RequireCategory(connection, row);
            ProductStore.Insert(connection, row);
            return EntityTag.Tagged(Answer.Created($"/products/{row.Id}", row.ToProduct()), row.Version);
        });
    }

    private Task<Answer> UpdateAsync(ServiceRequest request)
    {
        var change = request.Body<ProductChange>();
        change.Validate(creating: false);
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            var row = Existing(connection, request);
            EntityTag.RequireMatch(request, row.Version);
            row = change.ApplyTo(row, Timestamps.Now(runtime.Clock));
            RequireCategory(connection, row);
            ProductStore.Update(connection, row);
            return EntityTag.Tagged(Answer.Ok(row.ToProduct()), row.Version);
        });
    }

    private Task<Answer> DeleteAsync(ServiceRequest request) => runtime.Idempotent.RunAsync(request, connection =>
    {
        var row = Existing(connection, request);
        EntityTag.RequireMatch(request, row.Version);
        ProductStore.Delete(connection, row.Id);
        return Answer.NoContent();
    });

    private static ProductRow Existing(SqliteConnection connection, ServiceRequest request)
    {
        var id = request.Route("productId");
        return ProductStore.Find(connection, id) ?? throw ApiException.NotFound("Product", id);
    }

    private static void RequireCategory(SqliteConnection connection, ProductRow row)
    {
        if (CategoryStore.Find(connection, row.CategoryId) is null)
            throw ApiException.Invalid("/categoryId", "there is no such category");
    }
}
