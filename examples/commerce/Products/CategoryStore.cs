using Commerce.Shared.Models;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Products;

internal static class CategoryStore
{
    public static CategoryRow? Find(SqliteConnection connection, string id) =>
        connection.QuerySingleOrDefault<CategoryRow>("SELECT * FROM categories WHERE id = @id", new { id });

    public static bool NameTaken(SqliteConnection connection, string name, string byOtherThan) =>
        connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM categories WHERE name = @name AND id <> @byOtherThan)", new { name, byOtherThan });

    public static bool HasProducts(SqliteConnection connection, string id) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM products WHERE category_id = @id)", new { id });

    public static PageResponse<Category> List(SqliteConnection connection, PageQuery page)
    {
        var total = connection.ExecuteScalar<long>("SELECT count(*) FROM categories");
        var rows = connection.Query<CategoryRow>("SELECT * FROM categories ORDER BY name LIMIT @Size OFFSET @Offset", page);
        return page.Answer([.. rows.Select(row => row.ToCategory())], total);
    }

    public static void Insert(SqliteConnection connection, CategoryRow row) =>
        connection.Execute("INSERT INTO categories VALUES (@Id, @Name, @Description, @Version, @CreatedAt, @UpdatedAt)", row);

    public static void Update(SqliteConnection connection, CategoryRow row) =>
        connection.Execute(
            "UPDATE categories SET name = @Name, description = @Description, version = @Version, updated_at = @UpdatedAt WHERE id = @Id", row);

    public static void Delete(SqliteConnection connection, string id) =>
        connection.Execute("DELETE FROM categories WHERE id = @id", new { id });
}
