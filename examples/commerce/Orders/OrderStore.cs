using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders;

/// <summary>The orders of all tenants; every query names its tenant.</summary>
internal static class OrderStore
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS orders (
          id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL, items TEXT NOT NULL,
          shipping_address TEXT NOT NULL, billing_address TEXT NOT NULL, currency TEXT NOT NULL,
          subtotal_minor INTEGER NOT NULL, tax_minor INTEGER NOT NULL, shipping_minor INTEGER NOT NULL, total_minor INTEGER NOT NULL,
          status TEXT NOT NULL, payment_id TEXT, declined_payments INTEGER NOT NULL,
          payment_pending INTEGER NOT NULL, tracking_number TEXT, notes TEXT,
          created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS orders_user ON orders (tenant_id, user_id, created_at);
        """;

    private const int MostInternal = 500;

    public static OrderRow? Find(SqliteConnection connection, string tenantId, string id) =>
        connection.QuerySingleOrDefault<OrderRow>("SELECT * FROM orders WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static void Insert(SqliteConnection connection, OrderRow row) =>
        connection.Execute(
            """
            INSERT INTO orders VALUES (@Id, @TenantId, @UserId, @Items, @ShippingAddress, @BillingAddress, @Currency, @SubtotalMinor,
              @TaxMinor, @ShippingMinor, @TotalMinor, @Status, @PaymentId, @DeclinedPayments, @PaymentPending,
              @TrackingNumber, @Notes, @CreatedAt, @UpdatedAt)
            """, row);

    public static void Update(SqliteConnection connection, OrderRow row) =>
        connection.Execute(
            """
            UPDATE orders SET status = @Status, payment_id = @PaymentId, declined_payments = @DeclinedPayments,
              payment_pending = @PaymentPending, tracking_number = @TrackingNumber, updated_at = @UpdatedAt WHERE id = @Id
            """, row);

    public static PageResponse<Order> List(SqliteConnection connection, string tenantId, OrderFilter filter, PageQuery page)
    {
        const string where = """
            FROM orders WHERE tenant_id = @tenantId AND (@UserId IS NULL OR user_id = @UserId)
              AND (@anyStatus OR status IN @status) AND (@CreatedAfter IS NULL OR created_at > @CreatedAfter)
            """;
        var parameters = new
        {
            tenantId,
            filter.UserId,
            anyStatus = filter.Status.Count == 0,
            status = filter.Status.Select(EnumText<OrderStatus>.Of).ToArray(),
            filter.CreatedAfter,
            page.Size,
            page.Offset,
        };
        var total = connection.ExecuteScalar<long>($"SELECT count(*) {where}", parameters);
        var rows = connection.Query<OrderRow>($"SELECT * {where} ORDER BY {filter.OrderBy}, id DESC LIMIT @Size OFFSET @Offset", parameters);
        return page.Answer([.. rows.Select(row => row.ToOrder())], total);
    }

    /// <summary>The user's latest orders. User ids are unique over all tenants; a tenant that is named must be the user's.</summary>
    public static IReadOnlyList<OrderRow> OfUser(SqliteConnection connection, string? tenantId, string userId) =>
        connection.Query<OrderRow>(
            """
            SELECT * FROM orders WHERE user_id = @userId AND (@tenantId IS NULL OR tenant_id = @tenantId)
            ORDER BY created_at DESC, id DESC LIMIT @MostInternal
            """, new { userId, tenantId, MostInternal }).AsList();
}
