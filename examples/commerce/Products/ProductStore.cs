using Commerce.Shared.Models;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Products;

/// <summary>The catalogue's products; it is shared by all tenants.</summary>
internal static class ProductStore
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS categories (
          id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT, version INTEGER NOT NULL,
          created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS products (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL,
          category_id TEXT NOT NULL REFERENCES categories (id), price_minor INTEGER NOT NULL, currency TEXT NOT NULL,
          status TEXT NOT NULL, tags TEXT NOT NULL, rating REAL, version INTEGER NOT NULL,
          created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS products_category ON products (category_id);
        """;

    public static ProductRow? Find(SqliteConnection connection, string id) =>
        connection.QuerySingleOrDefault<ProductRow>("SELECT * FROM products WHERE id = @id", new { id });

    public static IReadOnlyList<ProductRow> Find(SqliteConnection connection, IEnumerable<string> ids) =>
        connection.Query<ProductRow>("SELECT * FROM products WHERE id IN @ids", new { ids }).AsList();

    public static PageResponse<Product> Search(SqliteConnection connection, ProductSearch search, PageQuery page)
    {
        const string where = """
            FROM products WHERE (@Text IS NULL OR name LIKE @Pattern ESCAPE '\' OR description LIKE @Pattern ESCAPE '\')
              AND (@CategoryId IS NULL OR category_id = @CategoryId)
              AND (@MinMinor IS NULL OR price_minor >= @MinMinor) AND (@MaxMinor IS NULL OR price_minor <= @MaxMinor)
              AND (@Status IS NULL OR status = @Status)
            """;
        var filter = new
        {
            search.Text,
            search.Pattern,
            search.CategoryId,
            search.MinMinor,
            search.MaxMinor,
            search.Status,
            page.Size,
            page.Offset,
        };
        var total = connection.ExecuteScalar<long>($"SELECT count(*) {where}", filter);
        var rows = connection.Query<ProductRow>($"SELECT * {where} ORDER BY {search.OrderBy}, id LIMIT @Size OFFSET @Offset", filter);
        return page.Answer([.. rows.Select(row => row.ToProduct())], total);
    }

    /// <summary>The best-rated products that are not among <paramref name="bought"/>, of favourite categories first.</summary>
    public static IReadOnlyList<ProductRow> Recommend(
        SqliteConnection connection, IReadOnlyCollection<string> categories, IReadOnlyCollection<string> bought, int count) =>
        connection.Query<ProductRow>(
            """
            SELECT * FROM products WHERE status = 'ACTIVE' AND id NOT IN @bought
            ORDER BY category_id IN @categories DESC, rating DESC, id LIMIT @count
            """, new { categories, bought, count }).AsList();

    public static void Insert(SqliteConnection connection, ProductRow row) =>
        connection.Execute(
            """
            INSERT INTO products VALUES (@Id, @Name, @Description, @CategoryId, @PriceMinor, @Currency, @Status, @Tags,
              @Rating, @Version, @CreatedAt, @UpdatedAt)
            """, row);

    public static void Update(SqliteConnection connection, ProductRow row) =>
        connection.Execute(
            """
            UPDATE products SET name = @Name, description = @Description, category_id = @CategoryId, price_minor = @PriceMinor,
              currency = @Currency, status = @Status, tags = @Tags, version = @Version, updated_at = @UpdatedAt WHERE id = @Id
            """, row);

    public static void Delete(SqliteConnection connection, string id) =>
        connection.Execute("DELETE FROM products WHERE id = @id", new { id });
}
