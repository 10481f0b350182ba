namespace Headgate.Gateway.Forwarding;

/// <summary>The transports, and which address takes which. Thread-safe.</summary>
public sealed class UpstreamTransports : IDisposable
{
    private readonly UpstreamTransport _sockets;
    private readonly UpstreamTransport _framework;
    private readonly bool _frameworkOnly;

    internal UpstreamTransports(UpstreamTransport sockets, UpstreamTransport framework, bool frameworkOnly)
    {
        _sockets = sockets;
        _framework = framework;
        _frameworkOnly = frameworkOnly;
    }

    /// <summary>The transports of this build.</summary>
    /// <param name="frameworkOnly">Whether plain HTTP goes through <c>SocketsHttpHandler</c> too.</param>
    /// <param name="time">Clock of timeouts and connection lifetimes.</param>
    public static UpstreamTransports Create(bool frameworkOnly, TimeProvider time)
    {
        var options = new SocketTransportOptions();
        return new UpstreamTransports(new SocketTransport(options, time), new FrameworkTransport(options, time), frameworkOnly);
    }

    /// <summary>Closes the idle connections.</summary>
    public void Dispose()
    {
        (_sockets as IDisposable)?.Dispose();
        (_framework as IDisposable)?.Dispose();
    }

    internal UpstreamTransport For(Uri url) => url.Scheme == "http" && !_frameworkOnly ? _sockets : _framework;
}
