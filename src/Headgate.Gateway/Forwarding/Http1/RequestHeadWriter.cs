using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Writes the bytes of a request head (and a small body) into one rented buffer, which grows as needed.</summary>
internal struct RequestHeadWriter : IHeaderSink
{
    private const int FirstBufferBytes = 4 * 1024;

    // What may not stand in a field value (RFC 9110 §5.5).
    private static readonly SearchValues<char> LineBreakers = SearchValues.Create("\r\n\0");

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _length;

    public RequestHeadWriter()
    {
    }

    public readonly byte[] Buffer => _buffer;

    public readonly int Length => _length;

    public void Add(string name, scoped ReadOnlySpan<char> value)
    {
        const int separators = 4;
        Ensure(name.Length + (value.Length * 3) + separators);
        Span<byte> target = _buffer.AsSpan(_length);
        int position = Encoding.ASCII.GetBytes(name, target);
        target[position++] = (byte)':';
        target[position++] = (byte)' ';
        position += WriteValue(value, target[position..]);
        target[position++] = (byte)'\r';
        target[position++] = (byte)'\n';
        _length += position;
    }

    public void WriteAscii(ReadOnlySpan<char> text)
    {
        Ensure(text.Length);
        _length += Encoding.ASCII.GetBytes(text, _buffer.AsSpan(_length));
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Write(in ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> segment in bytes)
            Write(segment.Span);
    }

    public void WriteContentLength(long length)
    {
        const int mostDigits = 20;
        Write("Content-Length: "u8);
        Ensure(mostDigits);
        length.TryFormat(_buffer.AsSpan(_length), out int written, provider: CultureInfo.InvariantCulture);
        _length += written;
        Write("\r\n"u8);
    }

    public readonly void Release() => ArrayPool<byte>.Shared.Return(_buffer);

    private static int WriteValue(ReadOnlySpan<char> value, Span<byte> target)
    {
        // Values come from Kestrel with one character per byte. Others (of a token, say) may hold more and go out as UTF-8.
        int written;
        if (!value.ContainsAnyExceptInRange('\0', 'ÿ'))
            written = Encoding.Latin1.GetBytes(value, target);
        else
            Utf8.FromUtf16(value, target, out _, out written, replaceInvalidSequences: true);

        // RFC 9110 §5.5: reject or replace with SP. Whoever made the value ought to have rejected it; nothing may be smuggled in any case.
        if (value.ContainsAny(LineBreakers))
        {
            foreach (ref byte unit in target[..written])
                unit = unit is (byte)'\r' or (byte)'\n' or 0 ? (byte)' ' : unit;
        }

        return written;
    }

    private void Ensure(int count)
    {
        if (_buffer.Length - _length >= count)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
