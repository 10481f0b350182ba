using System.Text;

namespace Headgate.Gateway.Json;

/// <summary>How far a string has been read: inside an escape (RFC 8259 §7), or inside a character of several bytes (RFC 3629 §4). A mutable value.</summary>
internal struct JsonTextState
{
    private const int HexDigits = 4;

    // What is still to come of an escape: none, its letter, or hexadecimal digits.
    private bool _wantsLetter;
    private int _wantsHex;

    // Of a character: how many bytes are to come, and between which the next one must lie.
    private int _wantsBytes;
    private byte _least;
    private byte _most;

    /// <summary>Whether no escape is open.</summary>
    public readonly bool IsPlain => !_wantsLetter && _wantsHex == 0;

    /// <summary>Whether no character is open.</summary>
    public readonly bool IsComplete => _wantsBytes == 0;

    /// <summary>Reads the backslash.</summary>
    public bool BeginEscape() => _wantsLetter = IsComplete;

    /// <summary>Reads a byte of an escape.</summary>
    public bool ReadEscape(byte value)
    {
        if (!_wantsLetter)
        {
            _wantsHex--;
            return char.IsAsciiHexDigit((char)value);
        }

        _wantsLetter = false;
        if (value == 'u')
            _wantsHex = HexDigits;
        return value is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' or (byte)'u';
    }

    /// <summary>Reads text without quotes, backslashes and control characters.</summary>
    /// <returns>Whether it is UTF-8.</returns>
    public bool ReadPlain(ReadOnlySpan<byte> text)
    {
        if (IsComplete && Ascii.IsValid(text))
            return true;
        foreach (byte value in text)
        {
            if (!ReadByte(value))
                return false;
        }

        return true;
    }

    private bool ReadByte(byte value)
    {
        if (_wantsBytes > 0)
        {
            bool isNext = value >= _least && value <= _most;
            (_wantsBytes, _least, _most) = (_wantsBytes - 1, 0x80, 0xBF);
            return isNext;
        }

        // RFC 3629 §4: neither overlong forms, nor surrogates, nor what is beyond U+10FFFF.
        (_wantsBytes, _least, _most) = value switch
        {
            < 0x80 => (0, (byte)0, (byte)0),
            >= 0xC2 and <= 0xDF => (1, (byte)0x80, (byte)0xBF),
            0xE0 => (2, (byte)0xA0, (byte)0xBF),
            0xED => (2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => (2, (byte)0x80, (byte)0xBF),
            0xF0 => (3, (byte)0x90, (byte)0xBF),
            0xF4 => (3, (byte)0x80, (byte)0x8F),
            >= 0xF1 and <= 0xF3 => (3, (byte)0x80, (byte)0xBF),
            _ => (-1, (byte)0, (byte)0),
        };
        return _wantsBytes >= 0;
    }
}
