namespace Commerce.Tests.Sagas.Crashes;

/// <summary>A point of a checkout that is written down.</summary>
/// <param name="Name">What has happened there.</param>
/// <param name="Service">In whose database it stands; null for the gateway's store.</param>
/// <param name="Sql">How often it has happened.</param>
/// <param name="IsUndoing">Whether it is on the way back, where only a checkout comes whose card is refused.</param>
internal sealed record CrashPoint(string Name, string? Service, string Sql, bool IsUndoing = false)
{
    /// <summary>Every point of a checkout, in the order in which they come: first those of one that is paid, then those of one that is undone from its last step on.</summary>
    public static readonly IReadOnlyList<CrashPoint> All =
    [
        new("saga begun", null, "SELECT count(*) FROM headgate_operations"),
        new("cart priced", "order-service", "SELECT count(*) FROM checkouts"),
        new("stock reserved", "inventory-service", "SELECT count(*) FROM reservations"),
        new("payment begun", "payment-service", "SELECT count(*) FROM payments"),
        new("money set aside", "payment-provider", "SELECT count(*) FROM card_intents"),
        new("payment authorized", "payment-service", "SELECT count(*) FROM payments WHERE status <> 'PENDING'"),
        new("order placed", "order-service", "SELECT count(*) FROM orders"),
        new("money taken", "payment-provider", "SELECT count(*) FROM ledger"),
        new("payment captured", "payment-service", "SELECT count(*) FROM payments WHERE status = 'SUCCEEDED'"),
        new("order confirmed", "order-service", "SELECT count(*) FROM orders WHERE status = 'CONFIRMED'"),
        new("step kept by the gateway", null, "SELECT count(*) FROM headgate_events WHERE type = 'operation.progress_updated'"),
        new("saga ended", null, "SELECT count(*) FROM headgate_operations WHERE ended IS NOT NULL"),
        new("order called off", "order-service", "SELECT count(*) FROM orders WHERE status = 'CANCELLED'", IsUndoing: true),
        new("money let go", "payment-provider", "SELECT count(*) FROM card_intents WHERE status = 'cancelled'", IsUndoing: true),
        new("payment voided", "payment-service", "SELECT count(*) FROM payments WHERE status = 'VOIDED'", IsUndoing: true),
        new("stock given back", "inventory-service", "SELECT count(*) FROM reservations WHERE status = 'RELEASED'", IsUndoing: true),
    ];

    /// <summary>The sagas that have not ended.</summary>
    public static readonly CrashPoint UnderWay = new("under way", null, "SELECT count(*) FROM headgate_operations WHERE ended IS NULL");

    /// <summary>The service that is at it: what begins with a saga is a price, of products.</summary>
    public string Acting => Service ?? "product-service";

    public override string ToString() => Name;
}
