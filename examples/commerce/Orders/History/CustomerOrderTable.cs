using Commerce.Shared.Models;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders.History;

/// <summary>The read model of what customers have ordered; every query of a customer names the tenant.</summary>
internal static class CustomerOrderTable
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS customer_orders (
          order_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL, status TEXT NOT NULL, pieces INTEGER NOT NULL,
          currency TEXT NOT NULL, total_minor INTEGER NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, log_offset INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS customer_orders_user ON customer_orders (tenant_id, user_id, created_at);
        """;

    public static CustomerOrderRow? Find(SqliteConnection connection, string orderId) =>
        connection.QuerySingleOrDefault<CustomerOrderRow>("SELECT * FROM customer_orders WHERE order_id = @orderId", new { orderId });

    public static IReadOnlyList<CustomerOrderRow> All(SqliteConnection connection) =>
        connection.Query<CustomerOrderRow>("SELECT * FROM customer_orders").AsList();

    public static int Save(SqliteConnection connection, CustomerOrderRow row) =>
        connection.Execute(
            """
            INSERT OR REPLACE INTO customer_orders
            VALUES (@OrderId, @TenantId, @UserId, @Status, @Pieces, @Currency, @TotalMinor, @CreatedAt, @UpdatedAt, @LogOffset)
            """, row);

    public static PageResponse<CustomerOrder> List(SqliteConnection connection, string tenantId, string userId, PageQuery page)
    {
        const string where = "FROM customer_orders WHERE tenant_id = @tenantId AND user_id = @userId";
        var filter = new { tenantId, userId, page.Size, page.Offset };
        var total = connection.ExecuteScalar<long>($"SELECT count(*) {where}", filter);
        var rows = connection.Query<CustomerOrderRow>($"SELECT * {where} ORDER BY created_at DESC, order_id DESC LIMIT @Size OFFSET @Offset", filter);
        return page.Answer([.. rows.Select(row => row.ToCustomerOrder())], total);
    }
}
