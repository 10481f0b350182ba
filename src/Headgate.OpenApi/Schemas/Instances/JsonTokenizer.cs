using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>
/// Reads a JSON text (RFC 8259) onto a tape in one pass, without recursion and without allocating. Stricter than the standard where receivers differ: names
/// that stand twice in an object and halves of surrogate pairs are refused, and so is a byte order mark.
/// </summary>
internal ref struct JsonTokenizer
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly InstanceTape _tape;
    private readonly JsonLimits _limits;
    private readonly DuplicateNames _names;
    private readonly Span<int> _open;
    private int _depth;
    private int _at;

    public JsonTokenizer(ReadOnlySpan<byte> json, InstanceTape tape, JsonLimits limits, DuplicateNames names, Span<int> open)
    {
        _json = json;
        _tape = tape;
        _limits = limits;
        _names = names;
        _open = open;
    }

    /// <summary>Where reading stopped: at the end, or at the fault.</summary>
    public readonly int Position => _at;

    /// <summary>Reads the whole text. The tape is cleared first.</summary>
    public JsonFault Read()
    {
        _tape.Clear();
        return Append();
    }

    /// <summary>Reads the whole text behind what is on the tape already.</summary>
    public JsonFault Append()
    {
        if (!Utf8.IsValid(_json))
            return JsonFault.NotUtf8;
        SkipWhiteSpace();
        if (_at >= _json.Length)
            return JsonFault.Empty;
        JsonFault fault;
        do
            fault = ReadValue();
        while (fault == JsonFault.None && _depth > 0);

        if (fault != JsonFault.None)
            return fault;
        SkipWhiteSpace();
        return _at < _json.Length ? JsonFault.Trailing : JsonFault.None;
    }

    /// <summary>Reads one value, or the beginning of a container, and what closes after it.</summary>
    private JsonFault ReadValue()
    {
        if (_at >= _json.Length)
            return JsonFault.Incomplete;
        byte first = _json[_at];
        JsonFault fault = first switch
        {
            (byte)'"' => ReadString(),
            (byte)'{' or (byte)'[' => Open(first),
            _ => ReadScalar(first),
        };

        // A container that was opened and is not empty goes on with its first value.
        if (fault != JsonFault.None || (first is (byte)'{' or (byte)'[' && !AtEmptyEnd()))
            return fault;
        return AfterValue();
    }

    private JsonFault AfterValue()
    {
        while (_depth > 0)
        {
            SkipWhiteSpace();
            if (_at >= _json.Length)
                return JsonFault.Incomplete;
            byte next = _json[_at];
            int holder = _open[_depth - 1];
            bool isObject = _tape.At(holder).Types == JsonTypes.Object;
            if (next == ',')
            {
                _at++;
                SkipWhiteSpace();
                return isObject ? ReadName(holder) : CountItem(holder);
            }

            if (next != (isObject ? (byte)'}' : (byte)']'))
                return JsonFault.Unexpected;
            JsonFault fault = Close(holder, isObject);
            if (fault != JsonFault.None)
                return fault;
        }

        return JsonFault.None;
    }

    private JsonFault Open(byte bracket)
    {
        if (_depth >= _open.Length)
            return JsonFault.TooDeep;
        if (_tape.Count >= _limits.MaxValues)
            return JsonFault.TooManyValues;
        int index = _tape.Count;
        ref InstanceToken token = ref _tape.Add();
        token = new InstanceToken { Start = _at, Types = bracket == '{' ? JsonTypes.Object : JsonTypes.Array };
        _open[_depth++] = index;
        _at++;
        SkipWhiteSpace();
        if (_at >= _json.Length)
            return JsonFault.Incomplete;
        if (AtEmptyEnd())
            return JsonFault.None;
        return bracket == '{' ? ReadName(index) : CountItem(index);
    }

    // Only asked just after an opening bracket, when the holder is still empty.
    private readonly bool AtEmptyEnd()
    {
        ref InstanceToken holder = ref _tape.At(_open[_depth - 1]);
        return holder.Length == 0 && _json[_at] == (holder.Types == JsonTypes.Object ? (byte)'}' : (byte)']');
    }

    private JsonFault Close(int holder, bool isObject)
    {
        _at++;
        _depth--;
        _tape.At(holder).EndOrHash = _tape.Count;
        return !isObject || _tape.At(holder).Length < 2 || !_names.Any(new InstanceView(_json, _tape), holder) ? JsonFault.None : JsonFault.DuplicateName;
    }

    private readonly JsonFault CountItem(int holder)
    {
        _tape.At(holder).Length++;
        return JsonFault.None;
    }

    private JsonFault ReadName(int holder)
    {
        _tape.At(holder).Length++;
        if (_at >= _json.Length)
            return JsonFault.Incomplete;
        if (_json[_at] != '"')
            return JsonFault.Unexpected;
        int index = _tape.Count;
        JsonFault fault = ReadString();
        if (fault != JsonFault.None)
            return fault;
        ref InstanceToken name = ref _tape.At(index);
        name.EndOrHash = NameHash.Of(name.InScratch ? _tape.Scratch.Slice(name.Start, name.Length) : _json.Slice(name.Start, name.Length));
        SkipWhiteSpace();
        if (_at >= _json.Length)
            return JsonFault.Incomplete;
        if (_json[_at] != ':')
            return JsonFault.Unexpected;
        _at++;
        SkipWhiteSpace();
        return JsonFault.None;
    }

    private JsonFault ReadString() => _tape.Count >= _limits.MaxValues ? JsonFault.TooManyValues : JsonStringReader.Read(_json, ref _at, _tape);

    private JsonFault ReadScalar(byte first) => _tape.Count >= _limits.MaxValues ? JsonFault.TooManyValues : JsonScalarReader.Read(first, _json, ref _at, _tape, _limits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipWhiteSpace()
    {
        while ((uint)_at < (uint)_json.Length && _json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            _at++;
    }
}
