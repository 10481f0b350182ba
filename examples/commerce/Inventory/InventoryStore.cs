using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Inventory;

/// <summary>Stock and what is reserved of it. That nothing is promised twice is also a rule of the table itself.</summary>
internal static class InventoryStore
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS stock (
          product_id TEXT PRIMARY KEY, on_hand INTEGER NOT NULL, reserved INTEGER NOT NULL DEFAULT 0, updated_at TEXT NOT NULL,
          CHECK (reserved >= 0 AND reserved <= on_hand));
        CREATE TABLE IF NOT EXISTS reservations (
          id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id TEXT, status TEXT NOT NULL, items TEXT NOT NULL,
          created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS reservations_caller ON reservations (tenant_id, user_id);
        """;

    public static StockRow? FindStock(SqliteConnection connection, string productId) =>
        connection.QuerySingleOrDefault<StockRow>("SELECT * FROM stock WHERE product_id = @productId", new { productId });

    public static PageResponse<Stock> ListStock(SqliteConnection connection, PageQuery page)
    {
        var total = connection.ExecuteScalar<long>("SELECT count(*) FROM stock");
        var rows = connection.Query<StockRow>("SELECT * FROM stock ORDER BY product_id LIMIT @Size OFFSET @Offset", page);
        return page.Answer([.. rows.Select(row => row.ToStock())], total);
    }

    /// <summary>Sets how many there are. False when more than that are promised already.</summary>
    public static bool SetOnHand(SqliteConnection connection, string productId, long onHand, string now) =>
        connection.Execute(
            """
            INSERT INTO stock (product_id, on_hand, updated_at) VALUES (@productId, @onHand, @now)
            ON CONFLICT DO UPDATE SET on_hand = excluded.on_hand, updated_at = excluded.updated_at WHERE reserved <= excluded.on_hand
            """, new { productId, onHand, now }) == 1;

    /// <summary>Takes what is wanted from what is available. False, and nothing taken, when there is not enough.</summary>
    public static bool Take(SqliteConnection connection, ReservationItem item, string now) =>
        connection.Execute(
            """
            UPDATE stock SET reserved = reserved + @Quantity, updated_at = @now
            WHERE product_id = @ProductId AND on_hand - reserved >= @Quantity
            """, new { item.ProductId, item.Quantity, now }) == 1;

    public static void GiveBack(SqliteConnection connection, ReservationItem item, string now) =>
        connection.Execute(
            "UPDATE stock SET reserved = reserved - @Quantity, updated_at = @now WHERE product_id = @ProductId",
            new { item.ProductId, item.Quantity, now });

    public static void Insert(SqliteConnection connection, ReservationRow row) =>
        connection.Execute("INSERT INTO reservations VALUES (@Id, @TenantId, @UserId, @Status, @Items, @CreatedAt, @UpdatedAt)", row);

    public static void MarkReleased(SqliteConnection connection, string id, string now) =>
        connection.Execute("UPDATE reservations SET status = @status, updated_at = @now WHERE id = @id",
            new { id, now, status = EnumText<ReservationStatus>.Of(ReservationStatus.Released) });

    public static ReservationRow? Find(SqliteConnection connection, string tenantId, string id) =>
        connection.QuerySingleOrDefault<ReservationRow>(
            "SELECT * FROM reservations WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>The caller's latest reservation of exactly these items; one that still holds comes before those released.</summary>
    public static ReservationRow? FindLatest(SqliteConnection connection, string tenantId, string? userId, string items) =>
        connection.QueryFirstOrDefault<ReservationRow>(
            """
            SELECT * FROM reservations WHERE tenant_id = @tenantId AND user_id IS @userId AND items = @items
            ORDER BY status = 'RESERVED' DESC, id DESC LIMIT 1
            """, new { tenantId, userId, items });
}
