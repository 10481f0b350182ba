using System.Numerics;

namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>
/// Which members or items of a value a schema has looked at: the annotations on which <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> stand (JSON
/// Schema Core 2020-12 §11). Sets of bits on a stack; taken only where a schema asks.
/// </summary>
internal sealed class EvaluationMarks
{
    private ulong[] _words = new ulong[16];
    private int _top;

    /// <summary>Forgets all sets.</summary>
    public void Clear()
    {
        _top = 0;
        if (_words.Length > 4096)
            _words = new ulong[16];
    }

    /// <summary>An empty set over so many members or items. Released in the reverse order.</summary>
    public int Take(int members)
    {
        int start = _top;
        _top += WordsOf(members);
        if (_top > _words.Length)
            Array.Resize(ref _words, (int)BitOperations.RoundUpToPowerOf2((uint)_top));
        _words.AsSpan(start, _top - start).Clear();
        return start;
    }

    public void Release(int marks) => _top = marks;

    public void Set(int marks, int ordinal) => _words[marks + (ordinal >> 6)] |= 1UL << (ordinal & 63);

    public bool Has(int marks, int ordinal) => (_words[marks + (ordinal >> 6)] & (1UL << (ordinal & 63))) != 0;

    public void SetAll(int marks, int members)
    {
        for (int i = 0; i < members; i++)
            Set(marks, i);
    }

    /// <summary>Adds the members of one set to another.</summary>
    public void Merge(int from, int into, int members)
    {
        for (int i = 0; i < WordsOf(members); i++)
            _words[into + i] |= _words[from + i];
    }

    private static int WordsOf(int members) => (members + 63) >> 6;
}
