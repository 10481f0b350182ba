using Headgate.Gateway.Sockets;

namespace Headgate.Gateway.Forwarding;

/// <summary>The transports, and which address takes which. Thread-safe.</summary>
public sealed class UpstreamTransports : IDisposable
{
    private readonly UpstreamTransport _plain;
    private readonly UpstreamTransport _framework;

    internal UpstreamTransports(UpstreamTransport plain, UpstreamTransport framework)
    {
        _plain = plain;
        _framework = framework;
    }

    /// <summary>The transports of this build.</summary>
    /// <param name="loops">The event loops on which plain HTTP runs; null to have it go through <c>SocketsHttpHandler</c> too.</param>
    /// <param name="time">Clock of timeouts and connection lifetimes.</param>
    public static UpstreamTransports Create(EventLoopGroup? loops, TimeProvider time)
    {
        var options = new SocketTransportOptions();
        var framework = new FrameworkTransport(options, time);
        return new UpstreamTransports(loops is null ? framework : new SocketTransport(options, loops, time), framework);
    }

    /// <summary>Closes the idle connections.</summary>
    public void Dispose()
    {
        (_plain as IDisposable)?.Dispose();
        (_framework as IDisposable)?.Dispose();
    }

    internal UpstreamTransport For(Uri url) => url.Scheme == "http" ? _plain : _framework;
}
