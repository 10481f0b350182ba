using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Products;

/// <summary>Categories as a plain resource: list, create, detail, partial update, remove.</summary>
internal sealed class CategoryEndpoints(ServiceRuntime runtime)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Get("/categories", Access.Public, List);
        routes.Post("/categories", Access.Operator, CreateAsync);
        routes.Get("/categories/{categoryId}", Access.Public, Get);
        routes.Patch("/categories/{categoryId}", Access.Operator, UpdateAsync);
        routes.Delete("/categories/{categoryId}", Access.Operator, DeleteAsync);
    }

    private Answer List(ServiceRequest request)
    {
        var page = PageQuery.Read(request.Query);
        return Answer.Ok(runtime.Database.Read(connection => CategoryStore.List(connection, page)));
    }

    private Answer Get(ServiceRequest request)
    {
        var row = runtime.Database.Read(connection => Existing(connection, request));
        return EntityTag.Conditional(request, row.Version, row.ToCategory());
    }

    private Task<Answer> CreateAsync(ServiceRequest request)
    {
        var wanted = request.Body<CategoryChange>();
        wanted.Validate(creating: true);
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            var now = Timestamps.Now(runtime.Clock);
            var row = new CategoryRow
            {
                Id = Ids.New("cat", runtime.Clock),
                Name = wanted.Name!,
                Description = wanted.Description,
                Version = 1,
                CreatedAt = now,
                UpdatedAt = now,
            };
            RequireFreeName(connection, row);
            CategoryStore.Insert(connection, row);
            return EntityTag.Tagged(Answer.Created($"/categories/{row.Id}", row.ToCategory()), row.Version);
        });
    }

    private Task<Answer> UpdateAsync(ServiceRequest request)
    {
        var change = request.Body<CategoryChange>();
        change.Validate(creating: false);
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            var row = Existing(connection, request);
            EntityTag.RequireMatch(request, row.Version);
            row = row with
            {
                Name = change.Name ?? row.Name,
                Description = change.Description ?? row.Description,
                Version = row.Version + 1,
                UpdatedAt = Timestamps.Now(runtime.Clock),
            };
            RequireFreeName(connection, row);
            CategoryStore.Update(connection, row);
            return EntityTag.Tagged(Answer.Ok(row.ToCategory()), row.Version);
        });
    }

    private Task<Answer> DeleteAsync(ServiceRequest request) => runtime.Idempotent.RunAsync(request, connection =>
    {
        var row = Existing(connection, request);
        EntityTag.RequireMatch(request, row.Version);
        if (CategoryStore.HasProducts(connection, row.Id))
            throw ApiException.Conflict("CATEGORY_NOT_EMPTY", $"Category '{row.Id}' still has products.");
        CategoryStore.Delete(connection, row.Id);
        return Answer.NoContent();
    });

    private static CategoryRow Existing(SqliteConnection connection, ServiceRequest request)
    {
        var id = request.Route("categoryId");
        return CategoryStore.Find(connection, id) ?? throw ApiException.NotFound("Category", id);
    }

    private static void RequireFreeName(SqliteConnection connection, CategoryRow row)
    {
        if (CategoryStore.NameTaken(connection, row.Name, row.Id))
            throw ApiException.Conflict("CATEGORY_EXISTS", $"There is a category '{row.Name}' already.");
    }
}
