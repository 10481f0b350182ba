using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// Writes a body of unknown length with its trailers to a client: over HTTP/1.1 in the chunked coding (Kestrel leaves the framing to whoever set
/// <c>Transfer-Encoding</c>, and has no response trailers of its own there), over HTTP/2 as it is, with trailers as the protocol has them. A value for one body.
/// </summary>
internal readonly struct ChunkedWriter
{
    private readonly GatewayContext _context;
    private readonly PipeWriter _writer;
    private readonly bool _framed;

    public ChunkedWriter(GatewayContext context)
    {
        _context = context;
        _writer = context.Response.Writer;
        _framed = context.Response.Captured is null && ResponseHeadWriter.ClientTakesChunks(context.Request);
    }

    public void WriteData(ReadOnlySpan<byte> data)
    {
        _context.Response.Passed(data);
        if (!_framed)
        {
            _writer.Write(data);
            return;
        }

        const int mostSizeLineBytes = 10;
        Span<byte> size = stackalloc byte[mostSizeLineBytes];
        data.Length.TryFormat(size, out int digits, "x", System.Globalization.CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(size[digits..]);
        _writer.Write(size[..(digits + 2)]);
        _writer.Write(data);
        _writer.Write("\r\n"u8);
    }

    /// <summary>Ends the data; trailers may follow.</summary>
    public void BeginEnd()
    {
        if (_framed)
            _writer.Write("0\r\n"u8);
    }

    public void WriteTrailer(string name, string value)
    {
        if (!TrailerRules.IsPassedOn(name))
            return;
        if (_framed)
            _writer.Write(Encoding.Latin1.GetBytes($"{name}: {value}\r\n"));

        // Null for HTTP/1.0, which has no trailers: they are dropped (RFC 9110 §6.5.1 allows it).
        else if (_context.Response.Trailers is { } target)
            target[name] = StringValues.Concat(target[name], value);
    }

    public void End()
    {
        if (_framed)
            _writer.Write("\r\n"u8);
    }
}
