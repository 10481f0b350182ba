using System.Buffers;

namespace Headgate.Gateway.Json;

/// <summary>
/// Reads one JSON text (RFC 8259) in pieces of any size, as they come, and tells derived classes where values and names are. Nothing of the text is kept but the nesting, and a
/// name that lies across two pieces. What is no JSON, not UTF-8 or nested too deep is found at its first wrong byte. Not thread-safe; <see cref="Reset"/> makes it ready for another text.
/// </summary>
internal abstract class JsonStream
{
    /// <summary>The deepest nesting.</summary>
    public const int MostDepth = 256;

    /// <summary>The longest name, as written and with its quotes, that is told of when it lies across two pieces; a longer one is told of as empty.</summary>
    public const int MostNameBytes = 1024;

    private static readonly SearchValues<byte> s_endsPlainText = SearchValues.Create([.. Enumerable.Range(0, 32).Select(value => (byte)value), (byte)'"', (byte)'\\']);

    private JsonNesting _nesting;
    private JsonPlace _place;
    private JsonNumberState _number;
    private JsonTextState _text;
    private JsonLiteral _literal;
    private HeldName _name;

    /// <summary>How many objects and arrays are open.</summary>
    protected int Depth => _nesting.Depth;

    /// <summary>Whether the innermost open value is an object.</summary>
    protected bool IsInObject => _nesting.IsInObject;

    /// <summary>Whether what came so far can be the beginning of a JSON text.</summary>
    public bool IsValid => _place != JsonPlace.Invalid;

    /// <summary>Begins another text.</summary>
    protected void Reset()
    {
        (_place, _text) = (JsonPlace.Value, default);
        _nesting.Clear();
        _name.Forget();
    }

    /// <summary>Reads the next piece.</summary>
    /// <returns>Whether it can go on.</returns>
    public bool Read(ReadOnlySpan<byte> piece)
    {
        _name.GoOn();
        for (int at = 0; at < piece.Length && IsValid;)
        {
            at = _place switch
            {
                JsonPlace.Text => ReadText(piece, at),
                JsonPlace.Number => ReadNumber(piece, at),
                JsonPlace.Literal => ReadLiteral(piece, at),
                _ => ReadStructure(piece, at),
            };
        }

        if (_name.IsOpen && IsValid)
            _name.Hold(piece);
        return IsValid;
    }

    /// <summary>Ends the text.</summary>
    /// <returns>Whether it was a whole one.</returns>
    public bool End()
    {
        // A number at the top has no end of its own.
        if (_place == JsonPlace.Number)
            ReadNumber(" "u8, 0);
        return _place == JsonPlace.AfterValue && Depth == 0;
    }

    /// <summary>A value begins; <see cref="Depth"/> does not count it yet.</summary>
    protected abstract void OnBegin(ReadOnlySpan<byte> piece, int at, StreamedKind kind);

    /// <summary>A value has ended before <paramref name="after"/>; <see cref="Depth"/> does not count it any more.</summary>
    protected abstract void OnEnd(ReadOnlySpan<byte> piece, int after, StreamedKind kind);

    /// <summary>The name of a member, as it is written, with its quotes; empty for one that is longer than <see cref="MostNameBytes"/> and in pieces.</summary>
    protected abstract void OnName(ReadOnlySpan<byte> quoted);

    private int ReadStructure(ReadOnlySpan<byte> piece, int at)
    {
        byte value = piece[at];
        if (value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            return at + 1;
        switch (_place)
        {
            case JsonPlace.Colon when value == ':':
                _place = JsonPlace.Value;
                return at + 1;
            case JsonPlace.AfterValue when value == ',' && Depth > 0:
                _place = IsInObject ? JsonPlace.Name : JsonPlace.Value;
                return at + 1;
            case JsonPlace.AfterValue or JsonPlace.FirstName or JsonPlace.FirstItem when Depth > 0 && value == (IsInObject ? '}' : ']'):
                return Close(piece, at + 1);
            case JsonPlace.Name or JsonPlace.FirstName when value == '"':
                _name.Begin(at);
                _place = JsonPlace.Text;
                return at + 1;
            case JsonPlace.Value or JsonPlace.FirstItem:
                return Begin(piece, at, value);
            default:
                return Refuse(at);
        }
    }

    private int Begin(ReadOnlySpan<byte> piece, int at, byte value)
    {
        if (value is (byte)'{' or (byte)'[')
            return Open(piece, at, value == '{');
        if (value == '"')
            _place = JsonPlace.Text;
        else if (_literal.Begin(value))
            _place = JsonPlace.Literal;
        else if ((_number = JsonNumberStates.First(value)) != JsonNumberState.Invalid)
            _place = JsonPlace.Number;
        else
            return Refuse(at);
        OnBegin(piece, at, StreamedKind.Scalar);
        return at + 1;
    }

    private int Open(ReadOnlySpan<byte> piece, int at, bool isObject)
    {
        if (Depth == MostDepth)
            return Refuse(at);
        OnBegin(piece, at, isObject ? StreamedKind.Object : StreamedKind.Array);
        _nesting.Open(isObject);
        _place = isObject ? JsonPlace.FirstName : JsonPlace.FirstItem;
        return at + 1;
    }

    private int Close(ReadOnlySpan<byte> piece, int after)
    {
        StreamedKind kind = IsInObject ? StreamedKind.Object : StreamedKind.Array;
        _nesting.Close();
        return EndValue(piece, after, kind);
    }

    private int EndValue(ReadOnlySpan<byte> piece, int after, StreamedKind kind = StreamedKind.Scalar)
    {
        _place = JsonPlace.AfterValue;
        OnEnd(piece, after, kind);
        return after;
    }

    private int ReadText(ReadOnlySpan<byte> piece, int at)
    {
        if (!_text.IsPlain)
            return _text.ReadEscape(piece[at]) ? at + 1 : Refuse(at);
        int length = piece[at..].IndexOfAny(s_endsPlainText);
        if (length < 0)
            length = piece.Length - at;
        if (!_text.ReadPlain(piece.Slice(at, length)))
            return Refuse(at);
        at += length;
        if (at == piece.Length)
            return at;
        if (piece[at] == '\\')
            return _text.BeginEscape() ? at + 1 : Refuse(at);
        if (piece[at] != '"' || !_text.IsComplete)
            return Refuse(at);
        return _name.IsOpen ? EndName(piece, at + 1) : EndValue(piece, at + 1);
    }

    private int EndName(ReadOnlySpan<byte> piece, int after)
    {
        _place = JsonPlace.Colon;
        OnName(_name.End(piece, after));
        return after;
    }

    private int ReadNumber(ReadOnlySpan<byte> piece, int at)
    {
        for (; at < piece.Length; at++)
        {
            JsonNumberState next = JsonNumberStates.After(_number, piece[at]);
            if (next == JsonNumberState.Invalid)
                return JsonNumberStates.IsWhole(_number) ? EndValue(piece, at) : Refuse(at);
            _number = next;
        }

        return at;
    }

    private int ReadLiteral(ReadOnlySpan<byte> piece, int at)
    {
        if (!_literal.Read(piece[at]))
            return Refuse(at);
        return _literal.IsWhole ? EndValue(piece, at + 1) : at + 1;
    }

    private int Refuse(int at)
    {
        _place = JsonPlace.Invalid;
        return at;
    }
}
