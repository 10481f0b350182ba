using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Forwarding.Tls;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// One address of a service and what is going on with it. Lives as long as the address is configured, across reloads. Thread-safe.
/// </summary>
internal sealed class UpstreamInstance
{
    // A refused connection keeps an instance out of the choice for this long, so that one that is down does not look like the least loaded.
    private const long CoolDownMilliseconds = 1000;
    private const long NanosecondsPerMillisecond = 1_000_000;

    // How many calls have begun in the upper half, and how many of them are under way in the lower: one operation counts both.
    private const long OneBegun = (1L << 32) + 1;

    private long _calls;
    private ConnectionPool? _connections;
    private long _coolUntil;
    private volatile bool _isDrained;

    public UpstreamInstance(string service, Uri url, int weight, UpstreamTransport transport)
    {
        Transport = transport;
        Service = service;
        Url = url;
        Weight = weight;
        IsTls = url.Scheme is "https";
        IsHttp2 = url.Scheme is "h2c";

        // RFC 3986 §3.2.2: an IPv6 address stands in brackets.
        string host = url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        HostHeader = url.IsDefaultPort ? host : $"{host}:{url.Port}";
        BasePath = url.AbsolutePath.TrimEnd('/');
    }

    /// <summary>The name of the service to which it belongs.</summary>
    public string Service { get; }

    /// <summary>The address: <c>http</c>, <c>https</c> or <c>h2c</c> (HTTP/2 with prior knowledge).</summary>
    public Uri Url { get; }

    /// <summary>Its share of the traffic relative to the others, from 1.</summary>
    public int Weight { get; }

    /// <summary>How it is reached.</summary>
    public UpstreamTransport Transport { get; }

    public bool IsTls { get; }

    public bool IsHttp2 { get; }

    /// <summary>The value of <c>Host</c> that the instance sees.</summary>
    public string HostHeader { get; }

    /// <summary>The path of the URL, which is put before every target; empty for the root.</summary>
    public string BasePath { get; }

    /// <summary>The counters of its service; null until the first request.</summary>
    public ServiceMetrics? Metrics { get; set; }

    /// <summary>Requests under way.</summary>
    public int InFlight => (int)Volatile.Read(ref _calls);

    /// <summary>Requests that have begun; wraps around.</summary>
    public uint Begun => (uint)(Volatile.Read(ref _calls) >>> 32);

    /// <summary>Whether an operator has taken it out: it gets no further call, however badly the others stand.</summary>
    public bool IsDrained
    {
        get => _isDrained;
        set => _isDrained = value;
    }

    /// <summary>Who counts the calls that are part of no client's request; null for nobody.</summary>
    public OwnCalls? OwnCalls { get; init; }

    /// <summary>How well it is.</summary>
    public InstanceHealth Health { get; } = new();

    /// <summary>How it and Headgate recognise each other over TLS; null for the system's trust and no certificate of Headgate's.</summary>
    public UpstreamTls? Tls { get; init; }

    /// <summary>Whether the instance refused a connection a moment ago.</summary>
    /// <param name="now">Now, in nanoseconds.</param>
    public bool IsCoolingDown(long now) => Volatile.Read(ref _coolUntil) > now;

    public void CoolDown(long now) => Volatile.Write(ref _coolUntil, now + (CoolDownMilliseconds * NanosecondsPerMillisecond));

    /// <summary>The address is no longer configured: idle connections close, those in use close when their exchange ends.</summary>
    public void Retire() => Transport.Retire(this);

    /// <summary>The connections of the socket transport; null until its first call.</summary>
    public ConnectionPool? Connections => Volatile.Read(ref _connections);

    public void Begin() => Interlocked.Add(ref _calls, OneBegun);

    public void End() => Interlocked.Decrement(ref _calls);

    /// <summary>Sets the connections unless another thread was first, and gives those that hold.</summary>
    public ConnectionPool UseConnections(ConnectionPool connections) => Interlocked.CompareExchange(ref _connections, connections, null) ?? connections;
}
