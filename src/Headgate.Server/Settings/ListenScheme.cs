namespace Headgate.Server.Settings;

/// <summary>What a listener speaks.</summary>
internal enum ListenScheme
{
    /// <summary>HTTP/1.1 in clear text.</summary>
    Http,

    /// <summary>TLS with HTTP/1.1 and HTTP/2, chosen by ALPN.</summary>
    Https,

    /// <summary>HTTP/2 in clear text with prior knowledge (RFC 9113 §3.3): a mixed clear-text port cannot tell the two apart.</summary>
    H2c,
}
