using System.Numerics;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>Finds two equal items of an array, in time that grows with the array and not with its square. Not thread-safe.</summary>
internal sealed class ItemHashes
{
    private const int MostCompared = 8;

    private (int Hash, int Index)[] _table = [];

    /// <summary>The index of the first item that is equal to one before it, with that one; -1 when there is none.</summary>
    public int FindRepeated(InstanceView view, int array, ref long steps, out int earlier) =>
        view.Tokens[array].Length <= MostCompared ? FindAmongFew(view, array, ref steps, out earlier) : FindAmongMany(view, array, ref steps, out earlier);

    private static int FindAmongFew(InstanceView view, int array, ref long steps, out int earlier)
    {
        int end = view.Next(array);
        for (int item = array + 1; item < end; item = view.Next(item))
        {
            for (earlier = array + 1; earlier < item; earlier = view.Next(earlier))
            {
                if (InstanceEquality.AreEqual(view, earlier, view, item, ref steps))
                    return item;
            }
        }

        earlier = -1;
        return -1;
    }

    private int FindAmongMany(InstanceView view, int array, ref long steps, out int earlier)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)view.Tokens[array].Length * 2);
        if (_table.Length < size)
            _table = new (int, int)[size];
        Span<(int Hash, int Index)> table = _table.AsSpan(0, size);
        table.Clear();
        int end = view.Next(array);
        for (int item = array + 1; item < end; item = view.Next(item))
        {
            int hash = InstanceHash.Of(view, item);
            int bucket = hash & (size - 1);
            for (; table[bucket].Index != 0; bucket = (bucket + 1) & (size - 1))
            {
                earlier = table[bucket].Index;
                if (table[bucket].Hash == hash && InstanceEquality.AreEqual(view, earlier, view, item, ref steps))
                    return item;
            }

            table[bucket] = (hash, item);
        }

        earlier = -1;
        return -1;
    }
}
