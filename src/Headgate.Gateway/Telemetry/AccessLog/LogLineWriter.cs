using System.Buffers;
using System.Globalization;
using System.Text;

namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>
/// Writes one line of the access log as UTF-8 into a buffer of fixed size. Text is escaped so that nothing that a client sends can end a string or a line, or move a terminal's
/// cursor. Each text is cut at a limit of its own, and the sum of the limits of a line is less than the buffer.
/// </summary>
internal ref struct LogLineWriter(Span<byte> buffer)
{
    private const string CutMark = "...";

    private static readonly SearchValues<char> s_plain =
        SearchValues.Create(" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private readonly Span<byte> _buffer = buffer;
    private int _at;

    /// <summary>What is written so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._at];

    /// <summary>Writes bytes that need no escaping.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_at..]);
        _at += bytes.Length;
    }

    /// <summary>Writes a text from outside.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxBytes">Where it is cut, in bytes after escaping; a mark of three dots comes on top.</param>
    /// <returns>The bytes written.</returns>
    public int Text(scoped ReadOnlySpan<char> text, int maxBytes)
    {
        int start = _at;
        int end = _at + maxBytes;
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAnyExcept(s_plain);
            if (plain < 0)
                plain = text.Length;
            int room = Math.Min(plain, end - _at);
            _at += Encoding.ASCII.GetBytes(text[..room], _buffer[_at..]);
            if (room < plain)
                return Cut(start);
            text = text[plain..];
            if (text.IsEmpty)
                break;
            Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            if (!TryEscape(rune, end))
                return Cut(start);
            text = text[consumed..];
        }

        return _at - start;
    }

    public void Number(long value)
    {
        value.TryFormat(_buffer[_at..], out int written, default, CultureInfo.InvariantCulture);
        _at += written;
    }

    /// <summary>Writes microseconds as milliseconds with three decimals.</summary>
    public void Milliseconds(long microseconds)
    {
        Number(microseconds / 1000);
        _buffer[_at++] = (byte)'.';
        Digits((int)(microseconds % 1000), 3);
    }

    /// <summary>Writes sixteen hexadecimal digits.</summary>
    public void Hex(ulong value)
    {
        value.TryFormat(_buffer[_at..], out int written, "x16", CultureInfo.InvariantCulture);
        _at += written;
    }

    /// <summary>Writes a time as RFC 3339 with milliseconds, in UTC.</summary>
    public void Time(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        Digits(utc.Year, 4);
        _buffer[_at++] = (byte)'-';
        Digits(utc.Month, 2);
        _buffer[_at++] = (byte)'-';
        Digits(utc.Day, 2);
        _buffer[_at++] = (byte)'T';
        Digits(utc.Hour, 2);
        _buffer[_at++] = (byte)':';
        Digits(utc.Minute, 2);
        _buffer[_at++] = (byte)':';
        Digits(utc.Second, 2);
        _buffer[_at++] = (byte)'.';
        Digits(utc.Millisecond, 3);
        _buffer[_at++] = (byte)'Z';
    }

    private void Digits(int value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            _buffer[_at + i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        _at += count;
    }

    private bool TryEscape(Rune rune, int end)
    {
        Span<byte> bytes = stackalloc byte[6];
        int length;
        if (rune.Value is '"' or '\\')
        {
            (bytes[0], bytes[1], length) = ((byte)'\\', (byte)rune.Value, 2);
        }
        else if (MustEscape(rune))
        {
            "\\u"u8.CopyTo(bytes);
            rune.Value.TryFormat(bytes[2..], out _, "x4", CultureInfo.InvariantCulture);
            length = 6;
        }
        else
        {
            length = rune.EncodeToUtf8(bytes);
        }

        if (_at + length > end)
            return false;
        Raw(bytes[..length]);
        return true;
    }

    // Controls (C0, DEL, C1), line and paragraph separator, and the marks that reorder text on a screen. All lie in the basic plane.
    private static bool MustEscape(Rune rune) =>
        rune.Value is < 0x20 or (>= 0x7F and <= 0x9F) or 0x061C or 0x200E or 0x200F or 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF;

    private int Cut(int start)
    {
        _at += Encoding.ASCII.GetBytes(CutMark, _buffer[_at..]);
        return _at - start;
    }
}
