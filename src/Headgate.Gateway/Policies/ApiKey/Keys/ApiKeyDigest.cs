using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>
/// SHA-256 of a whole key: all that is kept of its secret. A secret of 256 random bits cannot be guessed however fast the hash is, so a slow one would only cost the gateway. The
/// id is part of what is hashed: a secret under another id is another key. Immutable; takes no memory beside what holds it.
/// </summary>
internal readonly struct ApiKeyDigest
{
    private readonly Bytes _bytes;

    /// <summary>A digest as it was stored.</summary>
    public ApiKeyDigest(ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes);

    /// <summary>The digest of a text that has the form of a key.</summary>
    public static ApiKeyDigest Of(ReadOnlySpan<char> key)
    {
        Span<byte> ascii = stackalloc byte[ApiKeyText.Length];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ascii[..Encoding.ASCII.GetBytes(key, ascii)], digest);
        return new ApiKeyDigest(digest);
    }

    /// <summary>Whether it is the digest of the same key. Takes the same time however much of it agrees.</summary>
    public bool IsSameAs(in ApiKeyDigest other) => CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    public byte[] ToArray() => ((ReadOnlySpan<byte>)_bytes).ToArray();

    [System.Runtime.CompilerServices.InlineArray(SHA256.HashSizeInBytes)]
    private struct Bytes
    {
        private byte _first;
    }
}
