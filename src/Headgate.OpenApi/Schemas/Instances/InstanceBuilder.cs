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
