namespace Headgate.Gateway.Forwarding;

/// <summary>What becomes of a request field on its way to an upstream.</summary>
internal enum FieldFate
{
    /// <summary>It passes as it is.</summary>
    Pass,

    /// <summary>It is for this hop only, or the transport's or Headgate's own to write.</summary>
    Drop,

    /// <summary>It says who forwarded the request: believed and continued only when the peer is a trusted proxy.</summary>
    Forwarding,
}
