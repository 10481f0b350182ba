using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Writes the bytes of a request head (and a small body) into one rented buffer, which grows as needed.</summary>
internal struct RequestHeadWriter : IHeaderSink
{
    private const int FirstBufferBytes = 4 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _length;

    public RequestHeadWriter()
    {
    }

    public readonly byte[] Buffer => _buffer;

    public readonly int Length => _length;

    /// <summary>Whether a field was refused: then the message is not to be sent.</summary>
    public bool IsRefused { get; private set; }

    public void Add(string name, scoped ReadOnlySpan<char> value)
    {
        if (!RequestFieldText.IsValid(name, value))
        {
            IsRefused = true;
            return;
        }

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
        if (!value.ContainsAnyExceptInRange('\0', 'ÿ'))
            return Encoding.Latin1.GetBytes(value, target);
        Utf8.FromUtf16(value, target, out _, out int written, replaceInvalidSequences: true);
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
