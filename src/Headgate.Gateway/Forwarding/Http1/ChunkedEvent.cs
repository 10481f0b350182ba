namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>What the chunked decoder found next.</summary>
internal enum ChunkedEvent
{
    /// <summary>More bytes are needed.</summary>
    NeedMore,

    /// <summary>Bytes of the body.</summary>
    Data,

    /// <summary>The end of the body, trailers included.</summary>
    End,

    /// <summary>Not valid chunked coding.</summary>
    Invalid,
}
