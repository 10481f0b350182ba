namespace Headgate.Gateway.Policies.Validation;

/// <summary>
/// The <c>name=value</c> pairs of a query, a form or a cookie field: names decoded, values as sent. Used again and again; allocates nothing once it has grown.
/// Not thread-safe.
/// </summary>
internal sealed class PairList
{
    /// <summary>More pairs than anybody means; beyond them a request is refused.</summary>
    public const int MostPairs = 1000;

    private (int NameStart, int NameLength, int ValueStart, int ValueLength)[] _pairs = new (int, int, int, int)[16];
    private byte[] _names = new byte[256];
    private int _namesLength;

    public int Count { get; private set; }

    /// <summary>The name of a pair, decoded, UTF-8.</summary>
    public ReadOnlySpan<byte> Name(int pair) => _names.AsSpan(_pairs[pair].NameStart, _pairs[pair].NameLength);

    /// <summary>Where in the text the value of a pair stands.</summary>
    public Range Value(int pair) => new(_pairs[pair].ValueStart, _pairs[pair].ValueStart + _pairs[pair].ValueLength);

    public void Clear() => Count = _namesLength = 0;

    /// <summary>Adds the pairs of a text; false where there are too many or a name is not decodable.</summary>
    public bool TryParse(ReadOnlySpan<char> text, char separator, TextEncoding encoding)
    {
        int at = 0;
        while (at < text.Length)
        {
            int length = text[at..].IndexOf(separator);
            length = length < 0 ? text.Length - at : length;
            if (length > 0 && !TryAdd(text, at, length, encoding))
                return false;
            at += length + 1;
        }

        return true;
    }

    /// <summary>The first pair of that name from <paramref name="from"/> on; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> name, int from)
    {
        for (int pair = from; pair < Count; pair++)
        {
            if (Name(pair).SequenceEqual(name))
                return pair;
        }

        return -1;
    }

    private bool TryAdd(ReadOnlySpan<char> text, int start, int length, TextEncoding encoding)
    {
        // RFC 6265 §4.2.1: a space stands between cookies. Nowhere else does a pair begin with one.
        while (length > 0 && text[start] == ' ')
            (start, length) = (start + 1, length - 1);
        ReadOnlySpan<char> pair = text.Slice(start, length);
        int equals = pair.IndexOf('=');
        ReadOnlySpan<char> name = equals < 0 ? pair : pair[..equals];
        EnsureRoom(name.Length);
        int written = PercentText.Decode(name, encoding, _names.AsSpan(_namesLength));
        if (written < 0 || Count == MostPairs)
            return false;
        int value = equals < 0 ? length : equals + 1;
        _pairs[Count++] = (_namesLength, written, start + value, length - value);
        _namesLength += written;
        return true;
    }

    private void EnsureRoom(int nameCharacters)
    {
        if (Count == _pairs.Length)
            Array.Resize(ref _pairs, Count * 2);
        int needed = _namesLength + PercentText.MostBytes(nameCharacters);
        if (needed > _names.Length)
            Array.Resize(ref _names, Math.Max(needed, _names.Length * 2));
    }
}
