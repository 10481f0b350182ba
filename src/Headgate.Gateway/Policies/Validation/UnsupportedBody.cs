using Headgate.Gateway.Errors;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Why a body cannot be taken that says what it is (415).</summary>
internal static class UnsupportedBody
{
    /// <summary>The answer to a media type that the operation does not take.</summary>
    public static GatewayFailure OfType(BodyChecks body, string contentType)
    {
        string why = contentType.Length == 0 ? "The body has no Content-Type; the operation" : MediaType.IsWellFormed(contentType) ? "The operation" : "The Content-Type is not one media type; the operation";
        return Of(body, $"{why} takes {body.List}.");
    }

    /// <summary>The answer to a body whose bytes are not the text that would be checked; null where they are.</summary>
    public static GatewayFailure? Find(BodyChecks body, ReadOnlySpan<char> contentType, StringValues encoding)
    {
        // RFC 8259 §8.1: JSON is UTF-8. A service that believed another charset would read another text than the gateway.
        if (!MediaType.IsUtf8(contentType))
            return Of(body, "A body that is checked has to be in UTF-8.");
        bool isIdentity = encoding.Count == 0 || string.Equals(encoding.ToString(), "identity", StringComparison.OrdinalIgnoreCase);
        return isIdentity ? null : Of(body, "A body that is checked must have no Content-Encoding.");
    }

    private static GatewayFailure Of(BodyChecks body, string detail) => new(ErrorCatalogue.RequestMediaTypeUnsupported, detail) { Accept = body.List };
}
