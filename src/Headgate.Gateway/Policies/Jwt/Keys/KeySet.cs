namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>The keys of an issuer as they were read at one time. Immutable.</summary>
/// <param name="keys">The keys that can be used.</param>
internal sealed class KeySet(IReadOnlyList<VerificationKey> keys)
{
    private readonly VerificationKey[] _keys = [.. keys];

    public IReadOnlyList<VerificationKey> Keys => _keys;

    /// <summary>Whether there is a key of that id.</summary>
    public bool Has(string keyId) => Array.Exists(_keys, key => string.Equals(key.KeyId, keyId, StringComparison.Ordinal));

    /// <summary>Whether another set has the same keys: then what they verified stays verified.</summary>
    public bool IsSameAs(KeySet other) =>
        _keys.Length == other._keys.Length
        && _keys.Select(key => key.Fingerprint).Order(StringComparer.Ordinal).SequenceEqual(other._keys.Select(key => key.Fingerprint).Order(StringComparer.Ordinal));

    /// <summary>The keys with which a token may be signed: of its id and for its algorithm; where it names none, those for its algorithm.</summary>
    public KeyCandidates Find(SignatureAlgorithm algorithm, string? keyId)
    {
        var candidates = default(KeyCandidates);
        foreach (VerificationKey key in _keys)
        {
            if (keyId is not null && !string.Equals(key.KeyId, keyId, StringComparison.Ordinal))
                continue;
            if (key.Fits(algorithm))
                candidates.Add(key);
            else
                candidates.NamedIsOfAnotherKind |= keyId is not null;
        }

        return candidates;
    }
}
