namespace Headgate.Gateway.Policies.Validation;

/// <summary>
/// The <c>name=value</c> pairs of a query, a form or a cookie field: names decoded, values as sent. Pairs of one name are linked, in time that grows with their number
/// and not with its square, whatever names a sender chooses. Used again and again; allocates nothing once it has grown. Not thread-safe.
/// </summary>
internal sealed class PairList
{
    /// <summary>More pairs than anybody means; beyond them a request is refused.</summary>
    public const int MostPairs = 1000;

    private const int MostCompared = 16;
    private const int Buckets = 2048;

    private Pair[] _pairs = new Pair[MostCompared];
    private byte[] _names = new byte[256];
    private short[] _buckets = [];
    private int _namesLength;
    private bool _isHashed;

    public int Count { get; private set; }

    /// <summary>The name of a pair, decoded, UTF-8.</summary>
    public ReadOnlySpan<byte> Name(int pair) => _names.AsSpan(_pairs[pair].NameStart, _pairs[pair].NameLength);

    /// <summary>Where in the text the value of a pair stands.</summary>
    public Range Value(int pair) => new(_pairs[pair].ValueStart, _pairs[pair].ValueStart + _pairs[pair].ValueLength);

    /// <summary>Whether no pair before has that pair's name.</summary>
    public bool IsFirst(int pair) => _pairs[pair].IsFirst;

    /// <summary>The next pair with the name of a pair; -1 when there is none.</summary>
    public int Next(int pair) => _pairs[pair].Next;

    /// <summary>The first pair of a name; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (int pair = 0; pair < Count; pair++)
        {
            if (Name(pair).SequenceEqual(name))
                return pair;
        }

        return -1;
    }

    public void Clear()
    {
        Count = _namesLength = 0;
        _isHashed = false;
    }

    /// <summary>Gives back what unusually long names took.</summary>
    public void Trim(int mostNameBytes)
    {
        if (_names.Length > mostNameBytes)
            _names = new byte[256];
    }

    /// <summary>Adds the pairs of a text; false where there are too many or a name is not decodable.</summary>
    public bool TryParse(ReadOnlySpan<char> text, char separator, TextEncoding names)
    {
        int at = 0;
        while (at < text.Length)
        {
            int length = text[at..].IndexOf(separator);
            length = length < 0 ? text.Length - at : length;
            Range pair = separator == ';' ? WithoutSpace(text, at, at + length) : new Range(at, at + length);
            if (!text[pair].IsEmpty && !TryAdd(text, pair, names, isCookie: separator == ';'))
                return false;
            at += length + 1;
        }

        return true;
    }

    // RFC 6265 §4.1.1, §4.2.1: white space around a cookie, its name and its value belongs to none of them, and most receivers drop it. In a form it is part of the name or the
    // value (WHATWG URL §5.1), which is another one then.
    private static Range WithoutSpace(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> part = text[start..end];
        int from = end - part.TrimStart(" \t").Length;
        return new Range(from, from + part.Trim(" \t").Length);
    }

    private bool TryAdd(ReadOnlySpan<char> text, Range place, TextEncoding encoding, bool isCookie)
    {
        (int start, int length) = place.GetOffsetAndLength(text.Length);
        int equals = text[place].IndexOf('=');
        int end = start + length;
        ReadOnlySpan<char> name = text.Slice(start, equals < 0 ? length : equals);
        Range value = equals < 0 ? new Range(end, end) : new Range(start + equals + 1, end);
        if (isCookie)
        {
            name = name.TrimEnd(" \t");
            value = WithoutSpace(text, value.Start.Value, end);
        }

        EnsureRoom(name.Length);
        int written = PercentText.Decode(name, encoding, _names.AsSpan(_namesLength));
        if (written < 0 || Count == MostPairs)
            return false;
        _pairs[Count] = new Pair { NameStart = _namesLength, NameLength = written, ValueStart = value.Start.Value, ValueLength = value.End.Value - value.Start.Value, Next = -1, Last = Count };
        _namesLength += written;
        Link(Count++);
        return true;
    }

    private void Link(int added)
    {
        if (added == MostCompared)
            BeginHashing();
        int first = _isHashed ? FindOrKeep(added) : Find(Name(added));
        ref Pair head = ref _pairs[first];
        if (first == added)
            head.IsFirst = true;
        else
            head.Last = _pairs[head.Last].Next = added;
    }

    private void BeginHashing()
    {
        if (_buckets.Length == 0)
            _buckets = new short[Buckets];
        Array.Clear(_buckets);
        _isHashed = true;
        for (int pair = 0; pair < MostCompared; pair++)
            FindOrKeep(pair);
    }

    /// <summary>The first pair of a pair's name; the pair itself, which is kept then, when there is none.</summary>
    private int FindOrKeep(int pair)
    {
        // The senders of many pairs must not be able to choose names that collide: this hash has a secret of the process in it.
        var hash = default(HashCode);
        hash.AddBytes(Name(pair));
        int bucket = hash.ToHashCode() & (Buckets - 1);
        for (; _buckets[bucket] != 0; bucket = (bucket + 1) & (Buckets - 1))
        {
            int known = _buckets[bucket] - 1;
            if (Name(known).SequenceEqual(Name(pair)))
                return known;
        }

        _buckets[bucket] = (short)(pair + 1);
        return pair;
    }

    private void EnsureRoom(int nameCharacters)
    {
        if (Count == _pairs.Length)
            Array.Resize(ref _pairs, Count * 2);
        int needed = _namesLength + PercentText.MostBytes(nameCharacters);
        if (needed > _names.Length)
            Array.Resize(ref _names, Math.Max(needed, _names.Length * 2));
    }

    private struct Pair
    {
        public int NameStart;
        public int NameLength;
        public int ValueStart;
        public int ValueLength;
        public int Next;

        // Of the first pair of a name: the last one.
        public int Last;

        public bool IsFirst;
    }
}
