using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Headgate.Gateway.Policies.Consumers;

/// <summary>
/// Hashes what consumers are told apart by, under a seed of this process: nobody can choose a name that collides with another's. 64 bits: among a million consumers the
/// chance that any two share a hash is one in 37 million. Thread-safe.
/// </summary>
internal sealed class ConsumerHasher
{
    private readonly ulong _seed0 = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private readonly ulong _seed1 = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>The hash of a text: of a user, a tenant, a key, a header field's value.</summary>
    public ulong HashOf(string text) => SipHash.Compute(_seed0, _seed1, text.AsSpan());

    /// <summary>The hash of a service account, under another seed than users: whoever may choose the one's name does not use up the other's quota.</summary>
    public ulong HashOfServiceAccount(string id) => SipHash.Compute(_seed0, ~_seed1, id.AsSpan());

    /// <summary>The hash of an address, under another seed than texts: nobody takes another's place by a name that looks like an address.</summary>
    public ulong HashOf(UInt128 address)
    {
        Span<ulong> words = [(ulong)(address >> 64), (ulong)address];
        return SipHash.Compute(~_seed0, _seed1, MemoryMarshal.AsBytes(words));
    }
}
