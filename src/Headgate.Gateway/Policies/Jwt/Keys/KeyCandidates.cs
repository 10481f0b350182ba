using System.Runtime.CompilerServices;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>The keys of a set that may have made a signature: one as a rule, a few where the token names none.</summary>
internal struct KeyCandidates
{
    /// <summary>The most keys that are tried for one token.</summary>
    public const int Most = 4;

    private Keys _keys;

    public int Count { get; private set; }

    /// <summary>Whether the key that the token names is there and is for another algorithm.</summary>
    public bool NamedIsOfAnotherKind { get; set; }

    /// <summary>Whether checking wants a thread that may be held.</summary>
    public readonly bool WantPool
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                if (_keys[i].WantsPool)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Adds a key; beyond the most that are tried it is left out.</summary>
    public void Add(VerificationKey key)
    {
        if (Count < Most)
            _keys[Count++] = key;
    }

    public readonly bool AnyVerifies(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_keys[i].Verifies(algorithm, data, signature))
                return true;
        }

        return false;
    }

    [InlineArray(Most)]
    private struct Keys
    {
        private VerificationKey _first;
    }
}
