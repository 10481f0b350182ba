using System.Text;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// Turns byte offsets into lines and columns, moving forward only: each byte is looked at once, also in a file that is one
/// long line. A column counts UTF-16 code units, as editors and the YAML reader do.
/// </summary>
internal struct JsonPosition(bool isAscii)
{
    private int _offset;

    public int Line { get; private set; } = 1;

    public int Column { get; private set; } = 1;

    public void MoveTo(ReadOnlySpan<byte> text, int offset)
    {
        ReadOnlySpan<byte> passed = text[_offset..offset];
        int lineEnd = passed.LastIndexOf((byte)'\n');
        if (lineEnd >= 0)
        {
            Line += passed.Count((byte)'\n');
            Column = 1;
            passed = passed[(lineEnd + 1)..];
        }

        Column += isAscii ? passed.Length : Encoding.UTF8.GetCharCount(passed);
        _offset = offset;
    }
}
