using System.Globalization;
using System.Text;

namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>Writes strings with escapes as the characters that they mean (RFC 8259 §7).</summary>
internal static class JsonUnescape
{
    /// <summary>
    /// Reads a string from <paramref name="at"/>, just after its quote, to the closing one, and appends its characters to the tape's scratch. The text never
    /// grows by it. <paramref name="at"/> is left after the closing quote, or at the fault.
    /// </summary>
    public static JsonFault Read(ReadOnlySpan<byte> json, ref int at, InstanceTape tape, out int length)
    {
        length = 0;
        while (true)
        {
            int special = JsonStringScan.FindSpecial(json, at);
            Span<byte> room = tape.ScratchRoom(length + special - at + 4);
            json[at..special].CopyTo(room[length..]);
            length += special - at;
            at = special;
            if (at >= json.Length)
                return JsonFault.Incomplete;
            if (json[at] == '"')
            {
                at++;
                return JsonFault.None;
            }

            if (json[at] != '\\')
                return JsonFault.ControlCharacter;
            JsonFault fault = ReadEscape(json, ref at, room[length..], out int written);
            if (fault != JsonFault.None)
                return fault;
            length += written;
        }
    }

    private static JsonFault ReadEscape(ReadOnlySpan<byte> json, ref int at, Span<byte> room, out int written)
    {
        written = 1;
        if (at + 1 >= json.Length)
            return JsonFault.Incomplete;
        byte code = json[at + 1];
        if (code == 'u')
            return ReadCodePoint(json, ref at, room, out written);
        byte character = code switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => code,
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => 0,
        };
        if (character == 0)
            return JsonFault.BadEscape;
        room[0] = character;
        at += 2;
        return JsonFault.None;
    }

    private static JsonFault ReadCodePoint(ReadOnlySpan<byte> json, ref int at, Span<byte> room, out int written)
    {
        written = 0;
        if (!TryReadUnit(json, at, out int unit))
            return at + 6 > json.Length ? JsonFault.Incomplete : JsonFault.BadEscape;
        if (char.IsLowSurrogate((char)unit))
            return JsonFault.LoneSurrogate;
        if (!char.IsHighSurrogate((char)unit))
        {
            written = new Rune(unit).EncodeToUtf8(room);
            at += 6;
            return JsonFault.None;
        }

        if (!TryReadUnit(json, at + 6, out int low) || !char.IsLowSurrogate((char)low))
            return JsonFault.LoneSurrogate;
        written = new Rune((char)unit, (char)low).EncodeToUtf8(room);
        at += 12;
        return JsonFault.None;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> json, int at, out int unit)
    {
        unit = 0;
        return at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
            && int.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out unit);
    }
}
