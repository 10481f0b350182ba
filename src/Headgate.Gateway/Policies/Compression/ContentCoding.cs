namespace Headgate.Gateway.Policies.Compression;

/// <summary>A content coding (RFC 9110 §8.4.1), the preferred first.</summary>
public enum ContentCoding
{
    /// <summary>Brotli (RFC 7932): the smaller of the two for text.</summary>
    Br,

    /// <summary>Gzip (RFC 1952): every client has it.</summary>
    Gzip,
}
