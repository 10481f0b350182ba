namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>How the body of a request reaches the upstream.</summary>
internal enum RequestBodyMode
{
    /// <summary>There is none, or it stands whole behind the head in the message's buffer: the message may be sent again.</summary>
    Complete,

    /// <summary>It streams with its declared length.</summary>
    Length,

    /// <summary>It streams in the chunked coding.</summary>
    Chunked,
}
