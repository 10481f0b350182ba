namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>
/// Puts a value on a tape that is not JSON: parameters, forms. The texts are copied. Values are added in document order; a container is opened, filled and closed.
/// Allocates nothing once the tape has grown. Not thread-safe.
/// </summary>
public readonly struct InstanceBuilder
{
    private readonly InstanceTape _tape;

    /// <summary>Begins a value: the tape is cleared.</summary>
    public InstanceBuilder(InstanceTape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        tape.Clear();
        _tape = tape;
    }

    /// <summary>Opens an array or object; the returned index closes it.</summary>
    /// <param name="type"><see cref="JsonTypes.Array"/> or <see cref="JsonTypes.Object"/>.</param>
    public int Open(JsonTypes type)
    {
        int index = _tape.Count;
        _tape.Add() = new InstanceToken { Types = type };
        return index;
    }

    /// <summary>Closes a container.</summary>
    /// <param name="index">What <see cref="Open"/> returned.</param>
    /// <param name="count">How many items or members it got.</param>
    public void Close(int index, int count)
    {
        _tape.At(index).Length = count;
        _tape.At(index).EndOrHash = _tape.Count;
    }

    /// <summary>Adds the name of the member whose value comes next.</summary>
    public void AddName(ReadOnlySpan<byte> name)
    {
        int start = Keep(name);
        _tape.Add() = new InstanceToken { Start = start, Length = name.Length, EndOrHash = NameHash.Of(name), Types = JsonTypes.String, InScratch = true };
    }

    /// <summary>
    /// Adds a value that came as text. Where its schema wants a number, a boolean or null and no string, and the text is one, it becomes that; otherwise it is a
    /// string, and the schema says what is wrong with it.
    /// </summary>
    /// <param name="text">The text, UTF-8, decoded.</param>
    /// <param name="wanted">The types that the schema allows.</param>
    public void AddText(ReadOnlySpan<byte> text, JsonTypes wanted)
    {
        int start = Keep(text);
        JsonTypes types = (wanted & JsonTypes.String) != 0 ? JsonTypes.String : TypeOf(text, wanted);
        ref InstanceToken token = ref _tape.Add();
        token = new InstanceToken { Start = start, Length = text.Length, EndOrHash = _tape.Count, Types = types, InScratch = true, IsTrue = types == JsonTypes.Boolean && text.Length == 4 };
    }

    /// <summary>Adds a value that came as text, as <see cref="AddText"/> does, but leaves the text where it stands: in the input with which the value is checked.</summary>
    /// <param name="input">The input.</param>
    /// <param name="place">Where in it the text stands.</param>
    /// <param name="wanted">The types that the schema allows.</param>
    public void AddTextOf(ReadOnlySpan<byte> input, Range place, JsonTypes wanted)
    {
        (int start, int length) = place.GetOffsetAndLength(input.Length);
        JsonTypes types = (wanted & JsonTypes.String) != 0 ? JsonTypes.String : TypeOf(input[place], wanted);
        ref InstanceToken token = ref _tape.Add();
        token = new InstanceToken { Start = start, Length = length, EndOrHash = _tape.Count, Types = types, IsTrue = types == JsonTypes.Boolean && length == 4 };
    }

    /// <summary>Adds bytes that are no text: a file. They stay where they stand in the input with which the value is checked.</summary>
    public void AddBytesOf(ReadOnlySpan<byte> input, Range place)
    {
        (int start, int length) = place.GetOffsetAndLength(input.Length);
        _tape.Add() = new InstanceToken { Start = start, Length = length, EndOrHash = _tape.Count, Types = JsonTypes.String, IsBinary = true };
    }

    /// <summary>Adds a value that came as JSON text. The text is copied.</summary>
    /// <param name="json">The text, UTF-8.</param>
    /// <param name="session">The session whose tape this is.</param>
    /// <returns>What is wrong with the text, and then nothing is added; else null.</returns>
    public string? AddJson(ReadOnlySpan<byte> json, ValidationSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        JsonLimits limits = JsonLimits.Default;
        (int count, int scratch) = (_tape.Count, _tape.ScratchLength);
        int start = Keep(json);
        var tokenizer = new JsonTokenizer(json, _tape, limits, session.Names, session.Open.AsSpan(0, limits.MaxDepth));
        JsonFault fault = tokenizer.Append();
        if (fault != JsonFault.None)
        {
            _tape.CutBack(count, scratch);
            return JsonFaultText.Of(fault, tokenizer.Position, limits);
        }

        // What the tokens told of the text holds for its copy.
        for (int i = count; i < _tape.Count; i++)
        {
            ref InstanceToken token = ref _tape.At(i);
            token.Start += token.InScratch ? 0 : start;
            token.InScratch = true;
        }

        return null;
    }

    /// <summary>Whether an object that was closed has two members of one name.</summary>
    public bool HasRepeatedName(int container, ValidationSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _tape.At(container).Length > 1 && session.Names.Any(new InstanceView([], _tape), container);
    }

    /// <summary>How much there is, for <see cref="CutBack"/>.</summary>
    public (int Tokens, int Bytes) Length => (_tape.Count, _tape.ScratchLength);

    /// <summary>Takes back what was added since.</summary>
    public void CutBack((int Tokens, int Bytes) length) => _tape.CutBack(length.Tokens, length.Bytes);

    private static JsonTypes TypeOf(ReadOnlySpan<byte> text, JsonTypes wanted)
    {
        if ((wanted & (JsonTypes.Number | JsonTypes.Integer)) != 0 && JsonNumberScan.End(text, 0, out bool isInteger) == text.Length)
            return isInteger ? JsonTypes.Number | JsonTypes.Integer : JsonTypes.Number;
        if ((wanted & JsonTypes.Boolean) != 0 && (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)))
            return JsonTypes.Boolean;
        return (wanted & JsonTypes.Null) != 0 && (text.IsEmpty || text.SequenceEqual("null"u8)) ? JsonTypes.Null : JsonTypes.String;
    }

    private int Keep(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_tape.ScratchRoom(text.Length));
        return _tape.KeepScratch(text.Length);
    }
}
