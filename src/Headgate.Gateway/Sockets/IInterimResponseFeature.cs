using System.IO.Pipelines;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// The way past Kestrel, which cannot send interim responses, to a client's connection. What is written must be flushed and awaited before the request's own response
/// begins, and is plain text: not for connections with TLS.
/// </summary>
internal interface IInterimResponseFeature
{
    /// <summary>Writes to the connection itself.</summary>
    PipeWriter Writer { get; }
}
