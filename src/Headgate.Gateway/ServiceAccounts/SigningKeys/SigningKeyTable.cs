using System.Text;
using Headgate.Storage;

namespace Headgate.Gateway.ServiceAccounts.SigningKeys;

/// <summary>The signing keys in the store, for commands and queries of whoever uses them. Stateless.</summary>
internal static class SigningKeyTable
{
    // More than the schedule ever lets come together; what a reader of key sets takes is 64.
    private const int MostKeys = 64;

    /// <summary>All keys, the earliest first.</summary>
    public static ValueTask<IReadOnlyList<SigningKey>> ListAsync(StoreSession session) => session.ListAsync(
        "SELECT key_id, public_key, private_key, protection, created, signs_from FROM headgate_signing_keys ORDER BY signs_from, key_id LIMIT $1", Read, MostKeys);

    public static ValueTask<int> AddAsync(StoreSession session, SigningKey key) => session.ExecuteAsync(
        "INSERT INTO headgate_signing_keys (key_id, public_key, private_key, protection, created, signs_from) VALUES ($1, $2, $3, $4, $5, $6)",
        key.KeyId, key.PublicKey, key.PrivateKey, key.Protection, key.Created, key.SignsFrom);

    public static ValueTask<int> RemoveAsync(StoreSession session, string keyId) => session.ExecuteAsync("DELETE FROM headgate_signing_keys WHERE key_id = $1", keyId);

    /// <summary>The public parts as a JSON Web Key Set (RFC 7517 §5).</summary>
    public static byte[] PublicSetOf(IEnumerable<SigningKey> keys) => Encoding.ASCII.GetBytes($$"""{"keys":[{{string.Join(',', keys.Select(key => key.PublicKey))}}]}""");

    private static SigningKey Read(StoreRow row) => new(row.GetString(0), row.GetString(1), row.GetBytes(2), row.GetString(3), row.GetTime(4), row.GetTime(5));
}
