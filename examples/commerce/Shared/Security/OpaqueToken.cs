using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Commerce.Shared.Security;

/// <summary>Secrets that mean nothing by themselves: refresh tokens, codes, session ids. Only their hash is kept.</summary>
internal static class OpaqueToken
{
    /// <summary>How many characters one has.</summary>
    public const int Length = 43;

    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    // It is random and long: a plain hash is enough, there is nothing to guess.
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
