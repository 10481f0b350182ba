namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>Reads numbers and the words <c>true</c>, <c>false</c> and <c>null</c> of a JSON text onto a tape (RFC 8259 §3, §6).</summary>
internal static class JsonScalarReader
{
    /// <summary>Reads the value at an offset, which is left behind it; at a fault the offset stays.</summary>
    /// <param name="first">The byte at the offset.</param>
    /// <param name="json">The text.</param>
    /// <param name="at">The offset.</param>
    /// <param name="tape">Where the value goes.</param>
    /// <param name="limits">How long a number may be.</param>
    public static JsonFault Read(byte first, ReadOnlySpan<byte> json, ref int at, InstanceTape tape, JsonLimits limits) => first switch
    {
        (byte)'t' => ReadWord("true"u8, JsonTypes.Boolean, json, ref at, tape),
        (byte)'f' => ReadWord("false"u8, JsonTypes.Boolean, json, ref at, tape),
        (byte)'n' => ReadWord("null"u8, JsonTypes.Null, json, ref at, tape),
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => ReadNumber(json, ref at, tape, limits),
        _ => JsonFault.Unexpected,
    };

    private static JsonFault ReadWord(ReadOnlySpan<byte> word, JsonTypes type, ReadOnlySpan<byte> json, ref int at, InstanceTape tape)
    {
        ReadOnlySpan<byte> rest = json[at..];
        if (!rest.StartsWith(word))
            return rest.Length < word.Length && word.StartsWith(rest) ? JsonFault.Incomplete : JsonFault.Unexpected;
        return Add(word.Length, type, ref at, tape, isTrue: word.Length == 4 && type == JsonTypes.Boolean);
    }

    private static JsonFault ReadNumber(ReadOnlySpan<byte> json, ref int at, InstanceTape tape, JsonLimits limits)
    {
        int end = JsonNumberScan.End(json, at, out bool isInteger);
        if (end < 0)
            return JsonFault.Unexpected;
        if (end - at > limits.MaxNumberLength)
            return JsonFault.NumberTooLong;
        return Add(end - at, isInteger ? JsonTypes.Number | JsonTypes.Integer : JsonTypes.Number, ref at, tape, isTrue: false);
    }

    private static JsonFault Add(int length, JsonTypes types, ref int at, InstanceTape tape, bool isTrue)
    {
        ref InstanceToken token = ref tape.Add();
        token = new InstanceToken { Start = at, Length = length, EndOrHash = tape.Count, Types = types, IsTrue = isTrue };
        at += length;
        return JsonFault.None;
    }
}
