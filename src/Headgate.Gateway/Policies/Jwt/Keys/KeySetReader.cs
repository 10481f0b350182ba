using System.Security.Cryptography;
using System.Text.Json;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>
/// Makes keys of a JSON Web Key Set. A key that cannot or must not be used is left out, and <see cref="LeftOut"/> says why: issuers publish keys for other purposes too.
/// </summary>
internal sealed class KeySetReader(KeyUse use)
{
    /// <summary>The most keys of a set.</summary>
    public const int MostKeys = 64;

    private readonly List<VerificationKey> _keys = [];
    private readonly HashSet<string> _spoiled = new(StringComparer.Ordinal);

    /// <summary>What was left out, each with the reason.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Reads a set.</summary>
    /// <exception cref="JsonException">It is not a set of keys.</exception>
    public KeySet Read(ReadOnlySpan<byte> json)
    {
        JsonWebKeySet set = JsonSerializer.Deserialize(json, KeyJson.Default.JsonWebKeySet) ?? throw new JsonException("The set is null.");
        if (set.Keys.Count > MostKeys)
            throw new JsonException($"The set has more than {MostKeys} keys.");
        foreach (JsonElement element in set.Keys)
            ReadKey(element);
        LeaveOutAmbiguous();
        LeaveOutMixed();
        return new KeySet(_keys);
    }

    private void ReadKey(JsonElement element)
    {
        try
        {
            JsonWebKey key = element.Deserialize(KeyJson.Default.JsonWebKey) ?? throw new JsonException("A key is null.");
            string? reason = Purpose(key);
            if (reason is null && (reason = Make(key)) is not null && key is { KeyId: not null, KeyType: "RSA" or "EC" or "oct" })
                _spoiled.Add(key.KeyId);
            if (reason is not null)
                LeftOut.Add($"{key.KeyId ?? "a key without id"}: {reason}");
        }
        catch (Exception exception) when (exception is JsonException or CryptographicException)
        {
            LeftOut.Add("a key that is malformed");
        }
    }

    // RFC 7517 §4.2 to §4.4: what a key is meant for.
    private static string? Purpose(JsonWebKey key)
    {
        if (key.Use is not (null or "sig") || (key.Operations is { } operations && !operations.Contains("verify") && !(key.KeyType == "oct" && operations.Contains("sign"))))
            return "it is not for signatures";
        return key.Algorithm is not null && SignatureAlgorithm.Named(key.Algorithm) is null ? $"its algorithm {key.Algorithm} is not one for signatures" : null;
    }

    private string? Make(JsonWebKey key) => key.KeyType switch
    {
        "RSA" => MakeRsa(key),
        "EC" => MakeEc(key),
        "oct" => MakeHmac(key),
        "OKP" => "this platform has no Ed25519",
        _ => $"its type {key.KeyType} is not known",
    };

    private string? MakeRsa(JsonWebKey key)
    {
        byte[]? modulus = Base64UrlText.Decode(key.Modulus);
        byte[]? exponent = Base64UrlText.Decode(key.Exponent);
        if (RsaVerificationKey.Refuse(modulus, exponent) is { } reason)
            return reason;
        return Add(new RsaVerificationKey(new RSAParameters { Modulus = modulus!.AsSpan().TrimStart((byte)0).ToArray(), Exponent = exponent })
        {
            KeyId = key.KeyId,
            Algorithm = SignatureAlgorithm.Named(key.Algorithm),
            Fingerprint = Fingerprint(key, key.Modulus, key.Exponent),
        });
    }

    private string? MakeEc(JsonWebKey key)
    {
        if (EcVerificationKey.CurveNamed(key.Curve) is not { } curve)
            return $"its curve {key.Curve} is not known";
        byte[]? x = Base64UrlText.Decode(key.X);
        byte[]? y = Base64UrlText.Decode(key.Y);

        // RFC 7518 §6.2.1.2: a coordinate has all its octets, leading zeros too.
        if (x?.Length != curve.CoordinateBytes || y?.Length != curve.CoordinateBytes)
            return "'x' or 'y' is missing or not of its curve";
        var parameters = new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } };
        return Add(new EcVerificationKey(parameters, curve.Algorithm)
        {
            KeyId = key.KeyId,
            Algorithm = SignatureAlgorithm.Named(key.Algorithm),
            Fingerprint = Fingerprint(key, key.Curve, key.X, key.Y),
        });
    }

    private string? MakeHmac(JsonWebKey key)
    {
        if (use == KeyUse.PublicOnly)
            return "it is a shared secret, which only a file may give";
        if (Base64UrlText.Decode(key.Secret) is not { Length: >= HmacVerificationKey.FewestBytes and <= HmacVerificationKey.MostBytes } secret)
            return $"its secret has not {HmacVerificationKey.FewestBytes} to {HmacVerificationKey.MostBytes} bytes";
        return Add(new HmacVerificationKey(secret)
        {
            KeyId = key.KeyId,
            Algorithm = SignatureAlgorithm.Named(key.Algorithm),
            Fingerprint = Fingerprint(key, Convert.ToHexString(SHA256.HashData(secret))),
        });
    }

    private string? Add(VerificationKey key)
    {
        // A key whose algorithm is of another kind than itself would never be used: better said.
        if (key.Algorithm is { } algorithm && !key.Fits(algorithm))
            return $"it is not one for its algorithm {algorithm.Name}";
        _keys.Add(key);
        return null;
    }

    // RFC 7517 §4.5: different keys should have different ids. Of two that share one, which is meant cannot be told, also when only one can be used.
    private void LeaveOutAmbiguous()
    {
        foreach (IGrouping<string?, VerificationKey> group in _keys.Where(key => key.KeyId is not null).GroupBy(key => key.KeyId, StringComparer.Ordinal).ToArray())
        {
            bool ambiguous = _spoiled.Contains(group.Key!) || group.GroupBy(key => (key.GetType(), key.Algorithm)).Any(same => same.DistinctBy(key => key.Fingerprint).Count() > 1);
            if (ambiguous && _keys.RemoveAll(key => group.Contains(key)) > 0)
                LeftOut.Add($"{group.Key}: several keys have this id");
        }
    }

    // A public set with a secret in it is a mistake, and the secret is none any more.
    private void LeaveOutMixed()
    {
        if (_keys.Exists(key => key is not HmacVerificationKey) && _keys.RemoveAll(key => key is HmacVerificationKey) > 0)
            LeftOut.Add("shared secrets beside public keys");
    }

    private static string Fingerprint(JsonWebKey key, params ReadOnlySpan<string?> parts) => $"{key.KeyType} {key.KeyId} {key.Algorithm} {string.Join(' ', parts)}";
}
