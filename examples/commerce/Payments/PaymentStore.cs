using Commerce.Shared.Models;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Payments;

/// <summary>The payments of all tenants; every query names its tenant. An order has one open payment at most.</summary>
internal static class PaymentStore
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS payments (
          id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, order_id TEXT NOT NULL, user_id TEXT NOT NULL,
          amount_minor INTEGER NOT NULL, refunded_minor INTEGER NOT NULL, currency TEXT NOT NULL, status TEXT NOT NULL,
          card_last4 TEXT NOT NULL, charge_id TEXT, failure_code TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
          CHECK (refunded_minor BETWEEN 0 AND amount_minor));
        DROP INDEX IF EXISTS payments_open;
        CREATE UNIQUE INDEX IF NOT EXISTS payments_of_order ON payments (tenant_id, order_id) WHERE status NOT IN ('FAILED', 'REFUNDED', 'VOIDED');
        CREATE TABLE IF NOT EXISTS payment_intents (payment_id TEXT PRIMARY KEY REFERENCES payments (id), intent_id TEXT);
        CREATE TABLE IF NOT EXISTS refunds (
          id TEXT PRIMARY KEY, payment_id TEXT NOT NULL REFERENCES payments (id), amount_minor INTEGER NOT NULL,
          status TEXT NOT NULL, reason TEXT, created_at TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS refunds_payment ON refunds (payment_id);
        """;

    public static PaymentRow? Find(SqliteConnection connection, string tenantId, string id) =>
        connection.QuerySingleOrDefault<PaymentRow>("SELECT * FROM payments WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static PaymentRow? FindOpen(SqliteConnection connection, string tenantId, string orderId) =>
        connection.QuerySingleOrDefault<PaymentRow>(
            "SELECT * FROM payments WHERE tenant_id = @tenantId AND order_id = @orderId AND status NOT IN ('FAILED', 'REFUNDED', 'VOIDED')",
            new { tenantId, orderId });

    public static PageResponse<Payment> List(SqliteConnection connection, string tenantId, string? userId, string? orderId, PageQuery page)
    {
        const string where = """
            FROM payments WHERE tenant_id = @tenantId AND (@userId IS NULL OR user_id = @userId)
              AND (@orderId IS NULL OR order_id = @orderId)
            """;
        var filter = new { tenantId, userId, orderId, page.Size, page.Offset };
        var total = connection.ExecuteScalar<long>($"SELECT count(*) {where}", filter);
        var rows = connection.Query<PaymentRow>($"SELECT * {where} ORDER BY created_at DESC, id DESC LIMIT @Size OFFSET @Offset", filter);
        return page.Answer([.. rows.Select(row => row.ToPayment())], total);
    }

    public static void Insert(SqliteConnection connection, PaymentRow row) =>
        connection.Execute(
            """
            INSERT INTO payments VALUES (@Id, @TenantId, @OrderId, @UserId, @AmountMinor, @RefundedMinor, @Currency, @Status,
              @CardLast4, @ChargeId, @FailureCode, @CreatedAt, @UpdatedAt)
            """, row);

    public static void Update(SqliteConnection connection, PaymentRow row) =>
        connection.Execute(
            """
            UPDATE payments SET refunded_minor = @RefundedMinor, status = @Status, charge_id = @ChargeId,
              failure_code = @FailureCode, updated_at = @UpdatedAt WHERE id = @Id
            """, row);

    /// <summary>Notes that a payment is set aside first and taken later, and the provider's id of it as soon as that is known.</summary>
    public static void SaveIntent(SqliteConnection connection, string paymentId, string? intentId) =>
        connection.Execute(
            "INSERT INTO payment_intents VALUES (@paymentId, @intentId) ON CONFLICT DO UPDATE SET intent_id = excluded.intent_id", new { paymentId, intentId });

    /// <summary>Whether a payment is set aside first.</summary>
    public static bool IsIntent(SqliteConnection connection, string paymentId) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM payment_intents WHERE payment_id = @paymentId)", new { paymentId });

    /// <summary>The provider's id of what is set aside for a payment.</summary>
    public static string IntentOf(SqliteConnection connection, string paymentId) =>
        connection.QuerySingle<string>("SELECT intent_id FROM payment_intents WHERE payment_id = @paymentId", new { paymentId });

    public static RefundRow GetRefund(SqliteConnection connection, string id) =>
        connection.QuerySingle<RefundRow>("SELECT * FROM refunds WHERE id = @id", new { id });

    public static IReadOnlyList<RefundRow> PendingRefunds(SqliteConnection connection, string paymentId) =>
        connection.Query<RefundRow>("SELECT * FROM refunds WHERE payment_id = @paymentId AND status = 'PENDING'", new { paymentId }).AsList();

    public static void InsertRefund(SqliteConnection connection, RefundRow row) =>
        connection.Execute("INSERT INTO refunds VALUES (@Id, @PaymentId, @AmountMinor, @Status, @Reason, @CreatedAt)", row);

    public static void SetRefundStatus(SqliteConnection connection, string id, string status) =>
        connection.Execute("UPDATE refunds SET status = @status WHERE id = @id", new { id, status });
}
