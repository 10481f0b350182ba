namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>How the end of a response body is found (RFC 9112 §6.3).</summary>
internal enum BodyFraming
{
    /// <summary>There is no body: HEAD, 1xx, 204, 304.</summary>
    None,

    /// <summary><c>Content-Length</c> bytes.</summary>
    Length,

    /// <summary>Chunked transfer coding.</summary>
    Chunked,

    /// <summary>All until the upstream closes the connection.</summary>
    UntilClose,
}
