using System.Security.Cryptography;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Representations;

/// <summary>Bytes that are answered again and again, with what says that they are the same: prepared once, immutable, thread-safe. Answering allocates nothing.</summary>
internal sealed class Representation
{
    private const int TagBytes = 12;

    private readonly BytesBody _body;
    private readonly Validators _validators;

    /// <param name="mediaType">The media type of the bytes.</param>
    /// <param name="bytes">The bytes.</param>
    public Representation(string mediaType, ReadOnlyMemory<byte> bytes)
    {
        (MediaType, Bytes, _body) = (mediaType, bytes, new BytesBody(bytes));

        // RFC 9110 §8.8.3: the tag of these very bytes; of others, or of the same under another type, it is another.
        _validators = new Validators($"\"{Convert.ToHexStringLower(SHA256.HashData([.. System.Text.Encoding.UTF8.GetBytes(mediaType), 0, .. bytes.Span]).AsSpan(0, TagBytes))}\"");
    }

    private Representation(Representation other, DateTimeOffset since) =>
        (MediaType, Bytes, _body, _validators) = (other.MediaType, other.Bytes, other._body, new Validators(other._validators.ETag, since));

    /// <summary>The media type.</summary>
    public string MediaType { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The strong entity tag.</summary>
    public string ETag => _validators.ETag;

    /// <summary>The same bytes, with a date since when they are so.</summary>
    public Representation Since(DateTimeOffset since) => new(this, since);

    /// <summary>
    /// Makes it the answer to <c>GET</c> or <c>HEAD</c>: 200, or 304 or 412 as the conditions of the request say (RFC 9110 §13.2.2). Header fields that are set already stay.
    /// </summary>
    public void Answer(GatewayContext context)
    {
        ClientResponse response = context.Response;
        switch (_validators.Judge(context.Request.Headers))
        {
            case Precondition.Failed:
                context.Fail(new GatewayFailure(ErrorCatalogue.PreconditionFailed, "The answer is not the one that the request's condition names."));
                return;
            case Precondition.NotModified:
                response.StatusCode = StatusCodes.Status304NotModified;
                _validators.Write(response.Headers);
                return;
            default:
                _validators.Write(response.Headers);
                Write(context, StatusCodes.Status200OK);
                return;
        }
    }

    /// <summary>Makes it the answer, whatever the conditions of the request. For <c>HEAD</c> the head is the same and no body follows (RFC 9110 §9.3.2).</summary>
    public void Write(GatewayContext context, int status)
    {
        ClientResponse response = context.Response;
        response.StatusCode = status;
        response.Headers.ContentType = MediaType;
        response.Headers.ContentLength = Bytes.Length;
        response.Body = context.Request.Method == "HEAD" ? null : _body;
    }
}
