namespace Headgate.Gateway.Forwarding;

/// <summary>
/// One address of a service and what is going on with it. Lives as long as the address is configured, across reloads. Thread-safe.
/// </summary>
internal sealed class UpstreamInstance
{
    private int _inFlight;

    public UpstreamInstance(string service, Uri url, int weight)
    {
        Service = service;
        Url = url;
        Weight = weight;
        IsTls = url.Scheme is "https";
        IsHttp2 = url.Scheme is "h2c";
        HostHeader = url.IsDefaultPort ? url.IdnHost : $"{url.IdnHost}:{url.Port}";
        BasePath = url.AbsolutePath.TrimEnd('/');
    }

    /// <summary>The name of the service to which it belongs.</summary>
    public string Service { get; }

    /// <summary>The address: <c>http</c>, <c>https</c> or <c>h2c</c> (HTTP/2 with prior knowledge).</summary>
    public Uri Url { get; }

    /// <summary>Its share of the traffic relative to the others, from 1.</summary>
    public int Weight { get; }

    public bool IsTls { get; }

    public bool IsHttp2 { get; }

    /// <summary>The value of <c>Host</c> that the instance sees.</summary>
    public string HostHeader { get; }

    /// <summary>The path of the URL, which is put before every target; empty for the root.</summary>
    public string BasePath { get; }

    /// <summary>Requests under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public void Begin() => Interlocked.Increment(ref _inFlight);

    public void End() => Interlocked.Decrement(ref _inFlight);
}
