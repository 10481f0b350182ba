namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The head of one response, parsed strictly by RFC 9112 from the bytes as they came. One per connection; field lines that repeat from
/// response to response are recognised whole (see <see cref="FieldLine"/>). Not thread-safe.
/// </summary>
/// <param name="common">The lines that other connections to the same instance have read; null for none.</param>
internal sealed class ResponseHead(CommonFieldLines? common = null)
{
    /// <summary>The most bytes of a head.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most field lines of a head or a trailer section.</summary>
    public const int MaxFieldLines = 256;

    private FieldLine?[] _lines = new FieldLine?[16];

    /// <summary>The bytes of the head, its empty line included; valid when complete.</summary>
    public int Length { get; private set; }

    public int Status { get; private set; }

    /// <summary>Whether the response says HTTP/1.0, whose connections close by default.</summary>
    public bool IsHttp10 { get; private set; }

    public int FieldCount { get; private set; }

    public FieldLine this[int index] => _lines[index]!;

    /// <summary>The declared length; -1 when there is none.</summary>
    public long ContentLength { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>Whether the upstream keeps the connection open after this response.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>The connection options that name other fields to drop; null in the common case.</summary>
    public string? ConnectionOptions { get; private set; }

    /// <summary>The seconds of <c>Keep-Alive: timeout=…</c>; 0 when not said.</summary>
    public int KeepAliveSeconds { get; private set; }

    /// <summary>Parses a head from its first byte; called again from the first byte when more has come.</summary>
    public HeadParseStatus Parse(ReadOnlySpan<byte> bytes)
    {
        HeadParseStatus status = ParseStatusLine(bytes, out int position);
        if (status != HeadParseStatus.Complete)
            return LimitOf(status, bytes.Length);

        FieldCount = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = bytes[position..];
            if (rest.StartsWith("\r\n"u8))
            {
                Length = position + 2;
                return Length <= MaxBytes ? Interpret() : HeadParseStatus.TooLarge;
            }

            status = ParseFieldLine(rest, out int lineLength);
            if (status != HeadParseStatus.Complete)
                return LimitOf(status, bytes.Length);
            position += lineLength;
        }
    }

    /// <summary>The body that follows, in the order of RFC 9112 §6.3.</summary>
    public BodyFraming FramingFor(bool isHead)
    {
        if (isHead || Status is < 200 or 204 or 304)
            return BodyFraming.None;
        if (IsChunked)
            return BodyFraming.Chunked;
        return ContentLength >= 0 ? BodyFraming.Length : BodyFraming.UntilClose;
    }

    /// <summary>Whether <c>Connection</c> names this field, which is then for this connection only (RFC 9110 §7.6.1).</summary>
    public bool IsNominated(string name) => ConnectionOptions is { } options && ConnectionOption.Contains(options, name);

    /// <summary>Forgets what is too large to keep while the connection is idle.</summary>
    public void Trim()
    {
        if (_lines.Length > CommonFieldLines.MostLines)
            Array.Resize(ref _lines, CommonFieldLines.MostLines);
        for (int i = 0; i < FieldCount && i < _lines.Length; i++)
        {
            if (_lines[i] is { Bytes.Length: > CommonFieldLines.MostLineBytes })
                _lines[i] = null;
        }
    }

    private static HeadParseStatus LimitOf(HeadParseStatus status, int received) =>
        status == HeadParseStatus.Incomplete && received >= MaxBytes ? HeadParseStatus.TooLarge : status;

    private HeadParseStatus ParseStatusLine(ReadOnlySpan<byte> bytes, out int length)
    {
        HeadParseStatus status = StatusLine.Parse(bytes, out int code, out bool isHttp10, out length);
        if (status == HeadParseStatus.Complete)
            (Status, IsHttp10) = (code, isHttp10);
        return status;
    }

    private HeadParseStatus ParseFieldLine(ReadOnlySpan<byte> rest, out int length)
    {
        length = 0;
        if (FieldCount == MaxFieldLines)
            return HeadParseStatus.TooLarge;
        if (FieldCount < _lines.Length && _lines[FieldCount] is { } known && rest.StartsWith(known.Bytes))
        {
            FieldCount++;
            length = known.Bytes.Length;
            return HeadParseStatus.Complete;
        }

        if (common?.Find(FieldCount, rest) is not { } line)
        {
            int lineFeed = rest.IndexOf((byte)'\n');
            if (lineFeed < 0)
                return HeadParseStatus.Incomplete;

            // RFC 9112 §2.2 lets a recipient take a bare LF; Headgate does not, because two parsers that differ in this can be played off.
            if (lineFeed == 0 || rest[lineFeed - 1] != '\r' || FieldLine.Read(rest[..(lineFeed + 1)]) is not { } read)
                return HeadParseStatus.Invalid;
            line = read;
            common?.Keep(FieldCount, line);
        }

        if (FieldCount == _lines.Length)
            Array.Resize(ref _lines, FieldCount * 2);
        _lines[FieldCount++] = line;
        length = line.Bytes.Length;
        return HeadParseStatus.Complete;
    }

    private HeadParseStatus Interpret()
    {
        ContentLength = -1;
        IsChunked = false;
        KeepsAlive = !IsHttp10;
        ConnectionOptions = null;
        KeepAliveSeconds = 0;
        for (int i = 0; i < FieldCount; i++)
        {
            FieldLine line = _lines[i]!;
            if (line.Kind != FieldKind.PassedOn && !Interpret(line))
                return HeadParseStatus.Invalid;
        }

        // RFC 9112 §6.1: both is ambiguous; a transfer coding in HTTP/1.0 is faulty framing.
        return IsChunked && (ContentLength >= 0 || IsHttp10) ? HeadParseStatus.Invalid : HeadParseStatus.Complete;
    }

    private bool Interpret(FieldLine line)
    {
        switch (line.Kind)
        {
            case FieldKind.ContentLength:
                return InterpretContentLength(line.Value);
            case FieldKind.TransferEncoding:
                // RFC 9112 §6.1: no coding but chunked is understood here, and it is applied once.
                bool valid = !IsChunked && line.Value.Equals("chunked", StringComparison.OrdinalIgnoreCase);
                IsChunked = true;
                return valid;
            case FieldKind.Connection:
                InterpretConnection(line.Value);
                return true;
            case FieldKind.KeepAlive:
                KeepAliveSeconds = ConnectionOption.KeepAliveTimeoutSeconds(line.Value);
                return true;
            default:
                return true;
        }
    }

    // RFC 9112 §6.3: a repeated, listed or malformed length makes the framing invalid.
    private bool InterpretContentLength(string value)
    {
        const int mostDigits = 18;
        if (ContentLength >= 0 || value.Length is 0 or > mostDigits || value.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return false;
        ContentLength = long.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }

    private void InterpretConnection(string value)
    {
        if (value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase))
        {
            KeepsAlive = true;
            return;
        }

        ConnectionOptions = ConnectionOptions is null ? value : $"{ConnectionOptions},{value}";
        if (ConnectionOption.Contains(ConnectionOptions, "close"))
            KeepsAlive = false;
        else if (ConnectionOption.Contains(ConnectionOptions, "keep-alive"))
            KeepsAlive = true;
    }
}
