using Headgate.Storage.Migrations;

namespace Headgate.Integration.Idempotency;

/// <summary>The tables of keys, as they were made and changed.</summary>
internal static class IdempotencyMigrations
{
    private const string KeysAfterToken = """
            id BYTEA NOT NULL UNIQUE,
            fingerprint BYTEA NOT NULL,
            claimed_until BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            answer BYTEA);
        CREATE INDEX headgate_idempotency_keys_by_expiry ON headgate_idempotency_keys (expires_at)
        """;

    private const string ClaimsAfterToken = """
            id BYTEA NOT NULL UNIQUE,
            fingerprint BYTEA NOT NULL,
            claimed_until BIGINT NOT NULL);
        """;

    // The lower bits of a token were random, as they are now (ClaimToken).
    private const string MoveToClaims = """
        INSERT INTO headgate_idempotency_claims (token, id, fingerprint, claimed_until)
            SELECT expires_at * 2097152 + token % 2097152, id, fingerprint, claimed_until FROM headgate_idempotency_keys WHERE true ON CONFLICT DO NOTHING;
        INSERT INTO headgate_idempotency_answers (token, answer)
            SELECT claims.token, keys.answer FROM headgate_idempotency_keys keys JOIN headgate_idempotency_claims claims ON claims.id = keys.id WHERE keys.answer IS NOT NULL;
        DROP TABLE headgate_idempotency_keys
        """;

    /// <summary>All of them, the oldest first.</summary>
    public static MigrationSet All { get; } = new(
        "idempotency",
        new Migration(1, "create idempotency keys", """
            CREATE TABLE headgate_idempotency (
                id BYTEA PRIMARY KEY,
                fingerprint BYTEA NOT NULL,
                token BIGINT NOT NULL,
                claimed_until BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                head TEXT,
                body BYTEA);
            CREATE INDEX headgate_idempotency_by_expiry ON headgate_idempotency (expires_at)
            """),
        new Migration(2, "keep idempotency keys by claim", $"""
            DROP TABLE headgate_idempotency;
            CREATE TABLE headgate_idempotency_keys (
                token INTEGER PRIMARY KEY,
            {KeysAfterToken}
            """)
        {
            PostgreSql = $"""
                DROP TABLE headgate_idempotency;
                CREATE TABLE headgate_idempotency_keys (
                    token BIGINT PRIMARY KEY,
                {KeysAfterToken}
                """,
        },
        new Migration(3, "keep claims and answers by the time at which they are over", ClaimsAndAnswers("INTEGER")) { PostgreSql = ClaimsAndAnswers("BIGINT") });

    private static string ClaimsAndAnswers(string number) => $"""
        CREATE TABLE headgate_idempotency_claims (
            token {number} PRIMARY KEY,
        {ClaimsAfterToken}
        CREATE TABLE headgate_idempotency_answers (
            token {number} PRIMARY KEY,
            answer BYTEA NOT NULL);
        {MoveToClaims}
        """;
}
