using System.Buffers;
using Headgate.Storage;
using Headgate.Storage.Migrations;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>The service accounts in the store. Thread-safe.</summary>
internal sealed class ServiceAccountTable(Store store, TimeProvider time)
{
    /// <summary>How exactly the last use is kept: once in that time at most it costs a write.</summary>
    public static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    // A bound for memory: of more than these within one life of a token, the earlier ones stay good until their tokens end.
    private const int MostRevoked = 10_000;
    private const string Prefix = "svc_";
    private const int IdDigits = 32;
    private const string Columns = "client_id, name, tenant, scopes, created, expires, revoked, last_used, previous_until";

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    /// <summary>The tables of service accounts and of the keys that sign their tokens.</summary>
    public static MigrationSet Migrations { get; } = new("service-accounts", new Migration(1, "create service accounts and signing keys", """
        CREATE TABLE headgate_service_accounts (
            client_id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            tenant TEXT,
            scopes TEXT NOT NULL,
            created BIGINT NOT NULL,
            expires BIGINT,
            revoked BIGINT,
            last_used BIGINT,
            secret_digest BYTEA NOT NULL,
            previous_digest BYTEA,
            previous_until BIGINT);
        CREATE INDEX headgate_service_accounts_revoked ON headgate_service_accounts (revoked);
        CREATE TABLE headgate_signing_keys (
            key_id TEXT PRIMARY KEY,
            public_key TEXT NOT NULL,
            private_key BYTEA NOT NULL,
            protection TEXT NOT NULL,
            created BIGINT NOT NULL,
            signs_from BIGINT NOT NULL)
        """));

    /// <summary>Whether a text can be the id of an account: what cannot is not looked for.</summary>
    public static bool IsId(string text) => text.Length == Prefix.Length + IdDigits && text.StartsWith(Prefix, StringComparison.Ordinal) && !text.AsSpan(Prefix.Length).ContainsAnyExcept(s_digits);

    public async Task<IssuedSecret> CreateAsync(NewServiceAccount wanted, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        string clientId = Prefix + Guid.CreateVersion7(now).ToString("N");
        string secret = ClientSecret.New();
        string scopes = string.Join(' ', wanted.Scopes.Distinct(StringComparer.Ordinal));
        ServiceAccount? account = await store.WriteAsync(
            session => session.FindAsync(
                $"INSERT INTO headgate_service_accounts (client_id, name, tenant, scopes, created, expires, secret_digest) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING {Columns}",
                Read,
                clientId, wanted.Name, wanted.Tenant, scopes, now, wanted.Expires, ClientSecret.DigestOf(secret)),
            cancellationToken);
        return new IssuedSecret(account!, secret);
    }

    /// <summary>Accounts in the order in which they were made.</summary>
    /// <param name="after">The id after which the list goes on; empty for its beginning.</param>
    /// <param name="most">The most that are listed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<ServiceAccount>> ListAsync(string after, int most, CancellationToken cancellationToken) => store.ReadAsync(
        session => session.ListAsync($"SELECT {Columns} FROM headgate_service_accounts WHERE client_id > $1 ORDER BY client_id LIMIT $2", Read, after, most),
        cancellationToken);

    /// <summary>An account; null when there is none of that id.</summary>
    public Task<ServiceAccount?> FindAsync(string clientId, CancellationToken cancellationToken) => store.ReadAsync(
        session => session.FindAsync($"SELECT {Columns} FROM headgate_service_accounts WHERE client_id = $1", Read, clientId),
        cancellationToken);

    /// <summary>The account with its digests; null when there is none of that id.</summary>
    public static ValueTask<StoredAccount?> FindStoredAsync(StoreSession session, string clientId) => session.FindAsync(
        $"SELECT {Columns}, secret_digest, previous_digest FROM headgate_service_accounts WHERE client_id = $1",
        row => new StoredAccount(Read(row), row.GetBytes(9), row.GetBytesOrNull(10)),
        clientId);

    /// <summary>Gives an account a new secret; null when there is none that is not revoked.</summary>
    /// <param name="clientId">The account.</param>
    /// <param name="overlap">How long the secret so far holds beside it. One from before that ends at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IssuedSecret?> RotateAsync(string clientId, TimeSpan overlap, CancellationToken cancellationToken)
    {
        string secret = ClientSecret.New();
        ServiceAccount? account = await store.WriteAsync(
            session => session.FindAsync(
                $"UPDATE headgate_service_accounts SET previous_digest = secret_digest, previous_until = $3, secret_digest = $2 WHERE client_id = $1 AND revoked IS NULL RETURNING {Columns}",
                Read,
                clientId, ClientSecret.DigestOf(secret), time.GetUtcNow() + overlap),
            cancellationToken);
        return account is null ? null : new IssuedSecret(account, secret);
    }

    /// <summary>Revokes an account for good; null when there is none. One that is revoked stays as it is.</summary>
    public Task<ServiceAccount?> RevokeAsync(string clientId, CancellationToken cancellationToken) => store.WriteAsync(
        session => session.FindAsync(
            $"UPDATE headgate_service_accounts SET revoked = COALESCE(revoked, $2) WHERE client_id = $1 RETURNING {Columns}", Read, clientId, time.GetUtcNow()),
        cancellationToken);

    /// <summary>Who was revoked since a time.</summary>
    public static ValueTask<IReadOnlyList<string>> RevokedSinceAsync(StoreSession session, DateTimeOffset since) => session.ListAsync(
        "SELECT client_id FROM headgate_service_accounts WHERE revoked >= $1 ORDER BY revoked DESC LIMIT $2", row => row.GetString(0), since, MostRevoked);

    /// <summary>Notes that an account was used.</summary>
    public Task NoteUseAsync(string clientId, DateTimeOffset at, CancellationToken cancellationToken) => store.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE headgate_service_accounts SET last_used = $2 WHERE client_id = $1 AND (last_used IS NULL OR last_used <= $3)", clientId, at, at - UseResolution),
        cancellationToken);

    private static ServiceAccount Read(StoreRow row) => new()
    {
        ClientId = row.GetString(0),
        Name = row.GetString(1),
        Tenant = row.GetStringOrNull(2),
        Scopes = row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Created = row.GetTime(4),
        Expires = row.GetTimeOrNull(5),
        Revoked = row.GetTimeOrNull(6),
        LastUsed = row.GetTimeOrNull(7),
        PreviousSecretUntil = row.GetTimeOrNull(8),
    };
}
