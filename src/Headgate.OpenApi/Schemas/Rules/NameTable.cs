using System.Numerics;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>Finds the number of a name among the names of a schema. Immutable.</summary>
internal sealed class NameTable
{
    private readonly byte[][] _names;
    private readonly int[] _hashes;
    private readonly int[] _buckets;

    /// <param name="names">The names, as UTF-8; of a name that stands twice the first number counts.</param>
    public NameTable(byte[][] names)
    {
        _names = names;
        _hashes = [.. names.Select(name => NameHash.Of(name))];
        _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(names.Length * 2, 2))];
        for (int i = 0; i < names.Length; i++)
        {
            if (Find(names[i], _hashes[i]) >= 0)
                continue;
            int bucket = _hashes[i] & (_buckets.Length - 1);
            while (_buckets[bucket] != 0)
                bucket = (bucket + 1) & (_buckets.Length - 1);
            _buckets[bucket] = i + 1;
        }
    }

    /// <summary>The number of a name, from 0; -1 when it is not among them.</summary>
    public int Find(ReadOnlySpan<byte> name, int hash)
    {
        int[] buckets = _buckets;
        for (int bucket = hash & (buckets.Length - 1); buckets[bucket] != 0; bucket = (bucket + 1) & (buckets.Length - 1))
        {
            int at = buckets[bucket] - 1;
            if (_hashes[at] == hash && name.SequenceEqual(_names[at]))
                return at;
        }

        return -1;
    }
}
