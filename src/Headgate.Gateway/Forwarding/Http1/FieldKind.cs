namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>What a response field line means to the transport.</summary>
internal enum FieldKind
{
    /// <summary>Nothing: passed on as it is.</summary>
    PassedOn,

    /// <summary>For this connection only (RFC 9110 §7.6.1): dropped.</summary>
    HopByHop,

    ContentLength,
    TransferEncoding,
    Connection,
    KeepAlive,
    Upgrade,
}
