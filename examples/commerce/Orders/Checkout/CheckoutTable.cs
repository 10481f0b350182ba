using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders.Checkout;

/// <summary>The orders that are seen through from outside.</summary>
internal static class CheckoutTable
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS checkouts (
          order_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL, quote TEXT, reservation_id TEXT, held INTEGER NOT NULL);
        """;

    public static CheckoutRow? Find(SqliteConnection connection, string tenantId, string orderId) =>
        connection.QuerySingleOrDefault<CheckoutRow>(
            "SELECT * FROM checkouts WHERE tenant_id = @tenantId AND order_id = @orderId", new { tenantId, orderId });

    public static void Save(SqliteConnection connection, CheckoutRow row) =>
        connection.Execute("INSERT OR REPLACE INTO checkouts VALUES (@OrderId, @TenantId, @UserId, @Quote, @ReservationId, @Held)", row);

    /// <summary>Lets the customer have the order.</summary>
    public static void Release(SqliteConnection connection, string orderId) =>
        connection.Execute("UPDATE checkouts SET held = 0 WHERE order_id = @orderId", new { orderId });
}
