using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Sends the request of a context to an instance. On success status, headers and <see cref="ClientResponse.Body"/> of the
/// context are set; the body streams when it is written. Two implementations: Headgate's own HTTP/1.1 client for plain HTTP, and
/// <c>SocketsHttpHandler</c> for TLS and HTTP/2. Thread-safe.
/// </summary>
internal abstract class UpstreamTransport
{
    /// <summary>Makes one try. Failures are values; an exception is a bug.</summary>
    public abstract ValueTask<UpstreamResult> SendAsync(GatewayContext context, UpstreamCall call);

    /// <summary>Closes what is kept open for an instance that is no longer configured.</summary>
    public abstract void Retire(UpstreamInstance instance);
}
