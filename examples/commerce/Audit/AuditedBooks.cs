using System.Text;
using System.Text.Json;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Commerce.Simulators;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Audit;

/// <summary>
/// Everything that an audit compares, read from outside: the tables of the services and of the gateway's store, and the file of the provider's
/// books. No service is asked, and nothing is changed.
/// </summary>
internal sealed record AuditedBooks
{
    public required IReadOnlyList<AuditedOrder> Orders { get; init; }

    public required IReadOnlyList<AuditedPayment> Payments { get; init; }

    public required IReadOnlyList<AuditedReservation> Reservations { get; init; }

    /// <summary>How many of each product are promised.</summary>
    public required IReadOnlyDictionary<string, long> Promised { get; init; }

    public required IReadOnlyList<LedgerLine> Ledger { get; init; }

    /// <summary>The payments for which money is set aside at the provider, and not taken.</summary>
    public required IReadOnlyList<string> SetAside { get; init; }

    public required IReadOnlyList<AuditedSaga> Sagas { get; init; }

    /// <summary>Which saga made an order, a payment or a reservation, by the key of the step.</summary>
    public required IReadOnlyDictionary<string, string> MadeBy { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="data">The services' data directory.</param>
    /// <param name="store">The gateway's store, an SQLite file.</param>
    /// <exception cref="SqliteException">A file is no database, or not of this shop.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AuditedBooks Read(string data, string store)
    {
        string File(string service) => Path.Combine(data, $"{service}.db");
        return new AuditedBooks
        {
            Orders = Rows<AuditedOrder>(File(ServiceNames.Order),
                "SELECT o.id, o.status, o.total_minor, c.reservation_id FROM orders o LEFT JOIN checkouts c ON c.order_id = o.id"),
            Payments = Rows<AuditedPayment>(File(ServiceNames.Payment), "SELECT id, order_id, status, amount_minor, refunded_minor, charge_id FROM payments"),
            Reservations = Rows<AuditedReservation>(File(ServiceNames.Inventory), "SELECT id, status, items FROM reservations"),
            Promised = Rows<(string Product, long Reserved)>(File(ServiceNames.Inventory), "SELECT product_id, reserved FROM stock")
                .ToDictionary(row => row.Product, row => row.Reserved),
            Ledger = ReadLedger(Path.Combine(data, PaymentProviderSimulator.LedgerFile)),
            SetAside = [.. Rows<string>(File(ServiceNames.PaymentProvider), "SELECT metadata FROM card_intents WHERE status = 'authorized' AND metadata IS NOT NULL")
                .Select(metadata => JsonSerializer.Deserialize<JsonElement>(metadata).GetProperty("paymentId").GetString()!)],
            Sagas = Rows<AuditedSaga>(store, "SELECT id, name, state, attention FROM headgate_operations WHERE kind = 'saga'"),
            MadeBy = new[] { ServiceNames.Order, ServiceNames.Payment, ServiceNames.Inventory }
                .SelectMany(service => Rows<(string Key, byte[] Body)>(File(service), "SELECT key, body FROM idempotency_keys WHERE status = 201 AND key LIKE '%/%'"))
                .ToDictionary(made => JsonSerializer.Deserialize<JsonElement>(made.Body).GetProperty("id").GetString()!, made => made.Key.Split('/')[0]),
        };
    }

    private static List<T> Rows<T>(string file, string sql) =>
        System.IO.File.Exists(file)
            ? DatabaseReader.Read(file, connection => connection.Query<T>(sql).AsList())
            : throw new FileNotFoundException($"There is no {file}.");

    private static LedgerLine[] ReadLedger(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.UTF8);
        // A line that is just being written has no end yet.
        return [.. reader.ReadToEnd().Split('\n')[..^1].Select(Json.Read<LedgerLine>)];
    }
}
