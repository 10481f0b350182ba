using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>
/// Secrets of service accounts: 256 random bits each, so that one digest protects them as well as a slow function would a password, and no dictionary has them. Their
/// characters are the same before and after every encoding that clients may or may not apply.
/// </summary>
internal static class ClientSecret
{
    // Scanners of source code find what begins like nothing else.
    private const string Prefix = "hgs_";
    private const int RandomBytes = 32;

    private static readonly byte[] s_nobodys = new byte[SHA256.HashSizeInBytes];

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether a secret is the account's, in a time that does not tell how much of it is right, nor whether there is such an account.</summary>
    public static bool IsOf(StoredAccount? account, string secret, DateTimeOffset now)
    {
        byte[] digest = DigestOf(secret);
        bool current = CryptographicOperations.FixedTimeEquals(digest, account?.SecretDigest ?? s_nobodys);
        bool previous = CryptographicOperations.FixedTimeEquals(digest, account?.PreviousDigest ?? s_nobodys);
        return current | (previous & now < (account?.Account.PreviousSecretUntil ?? DateTimeOffset.MinValue));
    }
}
