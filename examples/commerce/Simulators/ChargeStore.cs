using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Simulators;

internal static class ChargeStore
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS charges (
          id TEXT PRIMARY KEY, amount INTEGER NOT NULL, currency TEXT NOT NULL, status TEXT NOT NULL, refunded INTEGER NOT NULL,
          created_at TEXT NOT NULL, CHECK (refunded BETWEEN 0 AND amount));
        CREATE TABLE IF NOT EXISTS card_intents (
          id TEXT PRIMARY KEY, amount INTEGER NOT NULL, currency TEXT NOT NULL, status TEXT NOT NULL, charge_id TEXT,
          metadata TEXT, created_at TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS expired_intents (id TEXT PRIMARY KEY);
        """;

    public static Charge? Find(SqliteConnection connection, string id) =>
        connection.QuerySingleOrDefault<Charge>("SELECT * FROM charges WHERE id = @id", new { id });

    public static void Insert(SqliteConnection connection, Charge charge) =>
        connection.Execute("INSERT INTO charges VALUES (@Id, @Amount, @Currency, @Status, @Refunded, @CreatedAt)", charge);

    /// <summary>Pays back a part. False when less than that is left.</summary>
    public static bool Refund(SqliteConnection connection, string id, long amount) =>
        connection.Execute(
            """
            UPDATE charges SET refunded = refunded + @amount,
              status = CASE WHEN refunded + @amount = amount THEN 'refunded' ELSE 'partially_refunded' END
            WHERE id = @id AND amount - refunded >= @amount
            """, new { id, amount }) == 1;

    public static PaymentIntent? FindIntent(SqliteConnection connection, string id) =>
        connection.QuerySingleOrDefault<PaymentIntent>("SELECT * FROM card_intents WHERE id = @id", new { id });

    public static void InsertIntent(SqliteConnection connection, PaymentIntent intent) =>
        connection.Execute("INSERT INTO card_intents VALUES (@Id, @Amount, @Currency, @Status, @ChargeId, @Metadata, @CreatedAt)", intent);

    /// <summary>Has what is set aside never be taken.</summary>
    public static void Expire(SqliteConnection connection, string id) => connection.Execute("INSERT INTO expired_intents VALUES (@id)", new { id });

    public static bool IsExpired(SqliteConnection connection, string id) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM expired_intents WHERE id = @id)", new { id });

    public static void UpdateIntent(SqliteConnection connection, PaymentIntent intent) =>
        connection.Execute("UPDATE card_intents SET status = @Status, charge_id = @ChargeId WHERE id = @Id", intent);
}
