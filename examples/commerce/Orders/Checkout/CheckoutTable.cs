using Commerce.Shared.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders.Checkout;

/// <summary>The orders that are seen through from outside.</summary>
internal static class CheckoutTable
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS checkouts (
          order_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL, quote TEXT, reservation_id TEXT, held INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS checkouts_quoted ON checkouts (order_id) WHERE quote IS NOT NULL;
        """;

    public static CheckoutRow? Find(SqliteConnection connection, string tenantId, string orderId) =>
        connection.QuerySingleOrDefault<CheckoutRow>(
            "SELECT * FROM checkouts WHERE tenant_id = @tenantId AND order_id = @orderId", new { tenantId, orderId });

    public static void Save(SqliteConnection connection, CheckoutRow row) =>
        connection.Execute("INSERT OR REPLACE INTO checkouts VALUES (@OrderId, @TenantId, @UserId, @Quote, @ReservationId, @Held)", row);

    /// <summary>Forgets prices that were made before a point in time and of which no order was made: a cart that was left standing has no price for ever.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="before">The time.</param>
    /// <param name="most">How many at most, the oldest first.</param>
    /// <returns>How many; fewer than <paramref name="most"/> when none is left.</returns>
    public static int ForgetQuotes(SqliteConnection connection, DateTimeOffset before, int most)
    {
        // The id that the order would have tells when its price was made.
        var ids = connection.Query<string>(
            "SELECT order_id FROM checkouts WHERE quote IS NOT NULL AND order_id < @end ORDER BY order_id LIMIT @most", new { end = Ids.Since(OrderDraft.IdPrefix, before), most }).AsList();
        connection.Execute("DELETE FROM checkouts WHERE order_id IN @ids AND NOT EXISTS (SELECT 1 FROM orders WHERE id = order_id)", new { ids });
        // Of an order that was placed before prices were let go of with that, the checkout stays.
        connection.Execute("UPDATE checkouts SET quote = NULL WHERE order_id IN @ids", new { ids });
        return ids.Count;
    }

    /// <summary>Lets the customer have the order.</summary>
    public static void Release(SqliteConnection connection, string orderId) =>
        connection.Execute("UPDATE checkouts SET held = 0 WHERE order_id = @orderId", new { orderId });
}
