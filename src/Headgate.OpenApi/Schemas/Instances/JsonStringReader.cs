namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>Puts strings on a tape: those without escapes as they stand in the text, the others unescaped into the scratch.</summary>
internal static class JsonStringReader
{
    /// <summary>Reads the string whose quote is at <paramref name="at"/>, which is left after its end, or at the fault.</summary>
    public static JsonFault Read(ReadOnlySpan<byte> json, ref int at, InstanceTape tape)
    {
        int start = at + 1;
        int end = JsonStringScan.FindSpecial(json, start);
        if (end >= json.Length)
            return JsonFault.Incomplete;
        if (json[end] != '"')
            return ReadEscaped(json, ref at, tape);
        ref InstanceToken token = ref tape.Add();
        token = new InstanceToken { Start = start, Length = end - start, EndOrHash = tape.Count, Types = JsonTypes.String };
        at = end + 1;
        return JsonFault.None;
    }

    private static JsonFault ReadEscaped(ReadOnlySpan<byte> json, ref int at, InstanceTape tape)
    {
        at++;
        JsonFault fault = JsonUnescape.Read(json, ref at, tape, out int length);
        if (fault != JsonFault.None)
            return fault;
        int kept = tape.KeepScratch(length);
        ref InstanceToken token = ref tape.Add();
        token = new InstanceToken { Start = kept, Length = length, EndOrHash = tape.Count, Types = JsonTypes.String, InScratch = true };
        return JsonFault.None;
    }
}
