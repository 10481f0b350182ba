using System.Net;

namespace Headgate.Gateway.Forwarding;

/// <summary>The bounds of the connections to one upstream instance. Immutable.</summary>
public sealed record SocketTransportOptions
{
    /// <summary>The most connections to an instance, busy and idle. A request that finds all of them busy is answered 503 at once (or goes to another instance). Default 4096.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>The most idle connections that are kept; one that becomes idle beyond it is closed. Default 1024.</summary>
    public int MaxIdleConnections { get; init; } = 1024;

    /// <summary>How long a connection may be idle before it is closed; an upstream's own <c>Keep-Alive: timeout</c> shortens it. Default 60 s.</summary>
    public TimeSpan IdleLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How old a connection may become before it is closed at the end of an exchange, so that changes of the name's addresses are followed. Default 5 min.</summary>
    public TimeSpan MaxLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the addresses of a name are used before it is resolved anew. Default 5 s.</summary>
    public TimeSpan AddressLifetime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client that waits for <c>100 Continue</c> is left waiting for the upstream's word. Default 1 s.</summary>
    public TimeSpan ContinueTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often deadlines and idle connections are looked at: the coarseness of all timeouts. Default 50 ms.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How names become addresses. Default: the operating system's resolver.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;
}
