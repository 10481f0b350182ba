using System.Numerics;

namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>Finds names that stand twice in an object. Used again and again; not thread-safe.</summary>
internal sealed class DuplicateNames
{
    private const int MostCompared = 32;

    private int[] _table = [];

    /// <summary>Whether the object at <paramref name="index"/> has two members of one name.</summary>
    public bool Any(InstanceView view, int index) =>
        view.Tokens[index].Length <= MostCompared ? AnyOfFew(view, index) : AnyOfMany(view, index);

    // One bit for each hash: only where two names share a bit are they compared.
    private static bool AnyOfFew(InstanceView view, int index)
    {
        int end = view.Tokens[index].EndOrHash;
        ulong seen = 0;
        for (int at = index + 1; at < end; at = view.Next(at + 1))
        {
            ulong bit = 1UL << (view.Tokens[at].EndOrHash & 63);
            if ((seen & bit) != 0 && IsAmongFormer(view, index, at))
                return true;
            seen |= bit;
        }

        return false;
    }

    private static bool IsAmongFormer(InstanceView view, int index, int name)
    {
        for (int at = index + 1; at < name; at = view.Next(at + 1))
        {
            if (AreEqual(view, at, name))
                return true;
        }

        return false;
    }

    private bool AnyOfMany(InstanceView view, int index)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)view.Tokens[index].Length * 2);
        if (_table.Length < size)
            _table = new int[size];
        Span<int> table = _table.AsSpan(0, size);
        table.Clear();
        int end = view.Tokens[index].EndOrHash;
        for (int at = index + 1; at < end; at = view.Next(at + 1))
        {
            int bucket = HashOf(view, at) & (size - 1);
            for (; table[bucket] != 0; bucket = (bucket + 1) & (size - 1))
            {
                if (AreEqual(view, table[bucket], at))
                    return true;
            }

            table[bucket] = at;
        }

        return false;
    }

    // The senders of large objects must not be able to choose names that collide: this hash has a secret of the process in it.
    private static int HashOf(InstanceView view, int name)
    {
        var hash = default(HashCode);
        hash.AddBytes(view.Text(view.Tokens[name]));
        return hash.ToHashCode();
    }

    private static bool AreEqual(InstanceView view, int one, int other)
    {
        ref readonly InstanceToken first = ref view.Tokens[one];
        ref readonly InstanceToken second = ref view.Tokens[other];
        return first.EndOrHash == second.EndOrHash && first.Length == second.Length && view.Text(first).SequenceEqual(view.Text(second));
    }
}
