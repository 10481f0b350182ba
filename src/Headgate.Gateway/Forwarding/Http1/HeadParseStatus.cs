namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>What parsing the bytes received so far gave.</summary>
internal enum HeadParseStatus
{
    /// <summary>The head is complete.</summary>
    Complete,

    /// <summary>The head of an interim response is complete; the final one follows (RFC 9110 §15.2).</summary>
    Interim,

    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>Not a valid HTTP/1.x response.</summary>
    Invalid,

    /// <summary>More bytes or field lines than Headgate takes.</summary>
    TooLarge,
}
