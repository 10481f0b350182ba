using System.Security.Cryptography;
using System.Text;

namespace Headgate.Gateway.ServiceAccounts.SigningKeys;

/// <summary>
/// How private keys lie in the store: as they are, when there is no secret to encrypt them with, else under AES-256-GCM with a key derived from it. Each form is named beside
/// the key, so that one of another secret is known for what it is. Thread-safe.
/// </summary>
internal sealed class KeyProtection
{
    /// <summary>The form of keys that are not encrypted.</summary>
    public const string Plain = "none";

    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[]? _key;

    /// <param name="secret">The secret, of at least <see cref="ServiceAccountOptions.ShortestKeySecret"/> characters; null for none.</param>
    public KeyProtection(string? secret)
    {
        if (secret is null)
            return;
        byte[] material = Encoding.UTF8.GetBytes(secret);
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, KeyBytes, info: "headgate signing keys: encryption"u8.ToArray());
        Form = "aes-256-gcm:" + Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 8, info: "headgate signing keys: name"u8.ToArray()));
    }

    /// <summary>The form in which new keys are kept.</summary>
    public string Form { get; } = Plain;

    /// <summary>A private key as it is kept.</summary>
    /// <param name="keyId">Whose it is: kept with another id it could not be read.</param>
    /// <param name="privateKey">The key.</param>
    public byte[] Protect(string keyId, byte[] privateKey)
    {
        if (_key is null)
            return privateKey;
        byte[] kept = new byte[NonceBytes + privateKey.Length + TagBytes];
        Span<byte> nonce = kept.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(nonce, privateKey, kept.AsSpan(NonceBytes, privateKey.Length), kept.AsSpan(NonceBytes + privateKey.Length), Encoding.UTF8.GetBytes(keyId));
        return kept;
    }

    /// <summary>The private part of a key; null when it is kept under a secret that is not this one, or was changed.</summary>
    public byte[]? Reveal(SigningKey key)
    {
        if (key.Protection == Plain)
            return key.PrivateKey;
        if (_key is null || key.Protection != Form || key.PrivateKey.Length <= NonceBytes + TagBytes)
            return null;
        ReadOnlySpan<byte> kept = key.PrivateKey;
        byte[] revealed = new byte[kept.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        try
        {
            cipher.Decrypt(kept[..NonceBytes], kept[NonceBytes..^TagBytes], kept[^TagBytes..], revealed, Encoding.UTF8.GetBytes(key.KeyId));
            return revealed;
        }
        catch (AuthenticationTagMismatchException)
        {
            // Whoever changed the row cannot have it sign: the caller takes another key.
            return null;
        }
    }
}
