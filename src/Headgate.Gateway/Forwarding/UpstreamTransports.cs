namespace Headgate.Gateway.Forwarding;

/// <summary>The transports, and which address takes which. Thread-safe.</summary>
public sealed class UpstreamTransports
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

    internal UpstreamTransport For(Uri url) => url.Scheme == "http" && !_frameworkOnly ? _sockets : _framework;
}
