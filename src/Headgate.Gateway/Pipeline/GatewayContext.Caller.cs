using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Policies.ConcurrencyLimit;
using Headgate.Gateway.Policies.HeaderTransforms;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.View;

namespace Headgate.Gateway.Pipeline;

/// <content>Who calls, and what policies keep of the request.</content>
public sealed partial class GatewayContext
{
    private ViewBody? _viewBody;

    /// <summary>The id of the API key as decided by authentication, or null; never the key itself.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Whether authentication knows who calls.</summary>
    public bool IsAuthenticated => Caller is not null || User is not null || ApiKey is not null;

    /// <summary>Whether <c>Authorization</c>, where the request has one, is among the credentials that were checked here.</summary>
    public bool HasVerifiedAuthorization { get; internal set; }

    /// <summary>The query as upstreams see it, with its question mark: without credentials of Headgate's own.</summary>
    public string ForwardedQuery => Operation?.Api.OwnCredentials is { } own ? own.QueryOf(Request.Query) : Request.Query;

    /// <summary>The client's address, resolved through trusted proxies alone.</summary>
    internal ClientAddress ClientAddress => Request.ClientBehind(TrustedProxies);

    /// <summary>By what a client is told from others whom nobody knows, as limits by <c>ip</c> do: its IPv4 address, or the first 64 bits of its IPv6 address.</summary>
    public string ClientNetwork => ClientAddress.LimitText;

    /// <summary>What the rate limits said to the request.</summary>
    internal LimitReadings Limits { get; } = new();

    /// <summary>The places in concurrency limits that the request holds until its end.</summary>
    internal HeldPlaces Held { get; } = new();

    /// <summary>Changes to the header fields that the service sees; null for none.</summary>
    internal HeaderPlan? UpstreamFields { get; set; }

    /// <summary>The view of the answer that the request asks for; null for the whole.</summary>
    internal ViewPlan? View { get; set; }

    /// <summary>The body of which a view goes to the client; reused with the context.</summary>
    internal ViewBody ViewBody => _viewBody ??= new ViewBody();

    /// <summary>Whether the gateway reads the answer itself: the service is then asked for one without content coding.</summary>
    internal bool WantsPlainAnswer { get; set; }

    private void ResetCaller()
    {
        View = null;
        WantsPlainAnswer = false;
        UpstreamFields = null;
        ApiKey = null;
        HasVerifiedAuthorization = false;
        Limits.Clear();
    }
}
