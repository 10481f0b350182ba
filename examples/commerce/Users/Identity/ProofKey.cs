using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Commerce.Users.Identity;

/// <summary>Proof Key for Code Exchange (RFC 7636): whoever redeems a code shows that it began the sign-in. Only the method S256.</summary>
internal static class ProofKey
{
    public const string Method = "S256";

    // RFC 7636 §4.1: 43 to 128 unreserved characters.
    private const int ShortestVerifier = 43;
    private const int LongestVerifier = 128;

    /// <summary>Whether it can be the base64url of a SHA-256.</summary>
    public static bool IsChallenge(string text) => text.Length == 43 && Base64Url.IsValid(text);

    /// <summary>Whether the challenge was made of the verifier.</summary>
    public static bool Matches(string challenge, string verifier)
    {
        if (verifier.Length is < ShortestVerifier or > LongestVerifier)
            return false;
        // RFC 7636 §4.6.
        var made = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(made), Encoding.ASCII.GetBytes(challenge));
    }
}
