using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Policies.ConcurrencyLimit;
using Headgate.Gateway.Policies.HeaderTransforms;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Pipeline;

/// <content>Who calls, and what policies keep of the request.</content>
public sealed partial class GatewayContext
{
    /// <summary>The id of the API key as decided by authentication, or null; never the key itself.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Whether authentication knows who calls.</summary>
    public bool IsAuthenticated => Caller is not null || User is not null || ApiKey is not null;

    /// <summary>The query as upstreams see it, with its question mark: without credentials of Headgate's own.</summary>
    public string ForwardedQuery => Operation?.Api.OwnCredentials is { } own ? own.QueryOf(Request.Query) : Request.Query;

    /// <summary>The client's address, resolved through trusted proxies alone.</summary>
    internal ClientAddress ClientAddress => Request.ClientBehind(TrustedProxies);

    /// <summary>What the rate limits said to the request.</summary>
    internal LimitReadings Limits { get; } = new();

    /// <summary>The places in concurrency limits that the request holds until its end.</summary>
    internal HeldPlaces Held { get; } = new();

    /// <summary>Changes to the header fields that the service sees; null for none.</summary>
    internal HeaderPlan? UpstreamFields { get; set; }

    private void ResetCaller()
    {
        UpstreamFields = null;
        ApiKey = null;
        Limits.Clear();
    }
}
