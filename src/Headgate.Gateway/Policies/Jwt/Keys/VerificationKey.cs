namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>A key with which signatures are checked. Thread-safe.</summary>
internal abstract class VerificationKey
{
    private bool _hasVerified;

    /// <summary>The key's id, or null.</summary>
    public required string? KeyId { get; init; }

    /// <summary>The only algorithm for which the key is meant, or null when it does not say.</summary>
    public required SignatureAlgorithm? Algorithm { get; init; }

    /// <summary>Text that is equal for equal keys and for no others.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>
    /// Whether a check wants a thread that may be held: it takes long with this key, or it is the key's first and has to make everything ready.
    /// </summary>
    public bool WantsPool => IsSlow || !Volatile.Read(ref _hasVerified);

    /// <summary>Whether a check with this key takes longer than some 200 µs.</summary>
    protected abstract bool IsSlow { get; }

    /// <summary>Whether a signature is this key's.</summary>
    public bool Verifies(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        bool right = Check(algorithm, data, signature);
        Volatile.Write(ref _hasVerified, true);
        return right;
    }

    /// <summary>Whether the key may be used with an algorithm. RFC 8725 §3.1: the key says which, never the token.</summary>
    public bool Fits(SignatureAlgorithm algorithm) => (Algorithm is null || Algorithm.Id == algorithm.Id) && IsOfKind(algorithm);

    protected abstract bool IsOfKind(SignatureAlgorithm algorithm);

    protected abstract bool Check(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}
