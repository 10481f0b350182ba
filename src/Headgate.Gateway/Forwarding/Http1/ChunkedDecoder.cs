namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Reads the chunked transfer coding strictly (RFC 9112 §7.1). One per body. Not thread-safe.</summary>
internal sealed class ChunkedDecoder
{
    // A chunk-size line beyond this is an attack or a mistake: extensions have no use between servers.
    private const int MostSizeLineBytes = 1024;
    private const int MostTrailerBytes = 16 * 1024;
    private const int MostSizeDigits = 15;

    private Stage _stage;
    private long _remaining;
    private int _trailerBytes;
    private List<FieldLine>? _trailers;

    private enum Stage
    {
        Size,
        Data,
        DataEnd,
        Trailers,
        Ended,
    }

    /// <summary>The trailer fields, complete at the end of the body.</summary>
    public IReadOnlyList<FieldLine> Trailers => _trailers is null ? [] : _trailers;

    /// <summary>Finds the next event in the bytes that follow what was consumed before.</summary>
    /// <param name="bytes">What is there.</param>
    /// <param name="framingBytes">How many of them are framing; the caller consumes these.</param>
    /// <param name="dataBytes">How many bytes of the body follow; the caller takes all of them.</param>
    public ChunkedEvent Read(ReadOnlySpan<byte> bytes, out int framingBytes, out int dataBytes)
    {
        framingBytes = 0;
        dataBytes = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = bytes[framingBytes..];
            switch (_stage)
            {
                case Stage.Data when rest.IsEmpty:
                    return ChunkedEvent.NeedMore;
                case Stage.Data:
                    dataBytes = (int)Math.Min(_remaining, rest.Length);
                    _remaining -= dataBytes;
                    if (_remaining == 0)
                        _stage = Stage.DataEnd;
                    return ChunkedEvent.Data;
                case Stage.Ended:
                    return ChunkedEvent.End;
                default:
                    ChunkedEvent? stop = ReadLine(rest, out int lineBytes);
                    framingBytes += lineBytes;
                    if (stop is { } found)
                        return found;
                    break;
            }
        }
    }

    // Null: a line was read, go on.
    private ChunkedEvent? ReadLine(ReadOnlySpan<byte> bytes, out int lineBytes)
    {
        lineBytes = 0;
        int most = _stage == Stage.Size ? MostSizeLineBytes : MostTrailerBytes;
        int lineFeed = bytes.IndexOf((byte)'\n');
        if (lineFeed < 0 ? bytes.Length >= most : lineFeed >= most)
            return ChunkedEvent.Invalid;
        if (_stage == Stage.DataEnd && !bytes.IsEmpty && bytes[0] != '\r')
            return ChunkedEvent.Invalid;
        if (lineFeed < 0)
            return ChunkedEvent.NeedMore;

        // RFC 9112 §2.2: a bare LF is no line end here, nor is a CR without LF part of a line.
        if (lineFeed == 0 || bytes[lineFeed - 1] != '\r')
            return ChunkedEvent.Invalid;
        lineBytes = lineFeed + 1;
        bool valid = _stage switch
        {
            Stage.Size => ReadSize(bytes[..(lineFeed - 1)]),
            Stage.DataEnd => EndData(lineBytes),
            _ => ReadTrailer(bytes[..lineBytes]),
        };
        return valid ? null : ChunkedEvent.Invalid;
    }

    private bool ReadSize(ReadOnlySpan<byte> line)
    {
        int digits = 0;
        long size = 0;
        while (digits < line.Length && HexDigit.ValueOf(line[digits]) is >= 0 and var digit)
        {
            if (digits++ == MostSizeDigits)
                return false;
            size = (size << 4) | (uint)digit;
        }

        if (digits == 0 || !ChunkExtensions.AreValid(line[digits..]))
            return false;
        _remaining = size;
        _stage = size == 0 ? Stage.Trailers : Stage.Data;
        return true;
    }

    private bool EndData(int lineBytes)
    {
        _stage = Stage.Size;
        return lineBytes == "\r\n".Length;
    }

    private bool ReadTrailer(ReadOnlySpan<byte> line)
    {
        if (line.Length == "\r\n".Length)
        {
            _stage = Stage.Ended;
            return true;
        }

        _trailerBytes += line.Length;
        if (_trailerBytes > MostTrailerBytes || _trailers is { Count: ResponseHead.MaxFieldLines } || FieldLine.Read(line) is not { } trailer)
            return false;
        (_trailers ??= []).Add(trailer);
        return true;
    }
}
