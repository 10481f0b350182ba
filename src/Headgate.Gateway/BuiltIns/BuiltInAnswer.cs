using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.BuiltIns;

/// <summary>Answers of Headgate's own operations that are in memory.</summary>
public static class BuiltInAnswer
{
    /// <summary>Makes bytes the answer. For <c>HEAD</c> the head is the same and no body follows (RFC 9110 §9.3.2).</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status code.</param>
    /// <param name="mediaType">The media type of the bytes.</param>
    /// <param name="body">The bytes.</param>
    public static void Write(GatewayContext context, int status, string mediaType, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(context);
        ClientResponse response = context.Response;
        response.StatusCode = status;
        response.Headers.ContentType = mediaType;
        response.Headers.ContentLength = body.Length;
        response.Body = context.Request.Method == "HEAD" ? null : new BytesBody(body);
    }
}
