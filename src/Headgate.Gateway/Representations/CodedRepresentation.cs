using System.IO.Compression;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Compression;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Representations;

/// <summary>Bytes that are answered again and again, compressed once for clients that accept it. Immutable, thread-safe; answering allocates nothing.</summary>
internal sealed class CodedRepresentation
{
    // Of fewer bytes, coding saves nothing: they go out in one packet.
    private const int FewestBytes = 1024;

    private static readonly ContentCoding[] s_codings = [ContentCoding.Br, ContentCoding.Gzip];

    private readonly Representation _plain;
    private readonly Representation? _brotli;
    private readonly Representation? _gzip;

    /// <param name="mediaType">The media type of the bytes.</param>
    /// <param name="bytes">The bytes.</param>
    public CodedRepresentation(string mediaType, ReadOnlyMemory<byte> bytes)
    {
        _plain = new Representation(mediaType, bytes);
        if (bytes.Length < FewestBytes)
            return;
        _brotli = Compress(mediaType, bytes, target => new BrotliStream(target, CompressionLevel.Optimal));
        _gzip = Compress(mediaType, bytes, target => new GZipStream(target, CompressionLevel.Optimal));
    }

    /// <summary>The bytes without a coding.</summary>
    public Representation Plain => _plain;

    /// <summary>Makes it the answer to <c>GET</c> or <c>HEAD</c>, in the coding that the client likes best.</summary>
    public void Answer(GatewayContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;

        // Whoever has it is to ask whether it is still so: it changes with a reload.
        headers.CacheControl = "no-cache";
        if (_brotli is null)
        {
            _plain.Answer(context);
            return;
        }

        VaryField.Add(headers, "Accept-Encoding");
        ContentCoding? coding = AcceptedCodings.Choose(context.Request.Headers.AcceptEncoding, s_codings);
        (coding switch { ContentCoding.Br => _brotli, ContentCoding.Gzip => _gzip!, _ => _plain }).Answer(context);
        if (coding is { } chosen && context.Response.StatusCode == StatusCodes.Status200OK && context.Failure is null)
            headers.ContentEncoding = AcceptedCodings.NameOf(chosen);
    }

    private static Representation Compress(string mediaType, ReadOnlyMemory<byte> bytes, Func<Stream, Stream> coder)
    {
        using var coded = new MemoryStream();
        using (Stream stream = coder(coded))
            stream.Write(bytes.Span);
        return new Representation(mediaType, coded.ToArray());
    }
}
