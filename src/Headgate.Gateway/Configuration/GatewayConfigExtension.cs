using System.Collections.ObjectModel;
using System.Net;
using Headgate.Gateway.Policies.AddressList;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.Compression;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.SecurityHeaders;
using Headgate.Gateway.Policies.Validation;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Configuration;

/// <summary>What <c>x-gateway-config</c> says for the whole document: its services, and the defaults of every policy.</summary>
public sealed record GatewayConfigExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-config",
        typeof(GatewayConfigExtension),
        ExtensionLocations.Document,
        "The services behind the document, and what holds for all its operations.");

    /// <summary>The configuration of a document that has none: every default.</summary>
    public static GatewayConfigExtension Default { get; } = new();

    /// <summary>The configuration of a document: what it says, or every default.</summary>
    public static GatewayConfigExtension Of(ApiDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Extensions.Get<GatewayConfigExtension>() ?? Default;
    }

    /// <summary>The services by name.</summary>
    [Setting("The services by name: their addresses and how to call them. `--service NAME=URL` replaces a service's addresses.", KeyFormat = SettingFormat.Name)]
    public IReadOnlyDictionary<string, ServiceSettings> Services { get; init; } = ReadOnlyDictionary<string, ServiceSettings>.Empty;

    /// <summary>The total and named timeouts.</summary>
    [Setting("How long a call to an upstream may take in all, and named values that operations select.")]
    public TimeoutSettings Timeout { get; init; } = new();

    /// <summary>How often callers may call; null for without limit.</summary>
    [Setting("How often callers may call. The block may also be written `rate_limits`; every printed form is understood under either key.", Aliases = ["rate_limits", "rateLimits"], Default = "no limit")]
    public RateLimitSettings? RateLimit { get; init; }

    /// <summary>How failed calls are repeated; null for never.</summary>
    [Setting("How failed calls to upstreams are repeated.", Default = "never repeated")]
    public RetrySettings? Retry { get; init; }

    /// <summary>When calls to a failing service stop.</summary>
    [Setting("When calls to a failing service stop for a while.")]
    public CircuitBreakerSettings CircuitBreaker { get; init; } = new();

    /// <summary>Which web pages of other origins may call; null for none.</summary>
    [Setting("Which web pages of other origins may call (CORS).", Default = "none")]
    public CorsSettings? Cors { get; init; }

    /// <summary>Which answers are compressed; null for none.</summary>
    [Setting("Which answers are compressed for clients that accept it. An operation's `x-gateway-compression` replaces it.", Default = "none")]
    public CompressionExtension? Compression { get; init; }

    /// <summary>What browsers are told to keep from doing with the answers; null for nothing.</summary>
    [Setting("What browsers are told to keep from doing with the answers of all operations. An operation's `x-gateway-security-headers` replaces it.", Default = "nothing")]
    public SecurityHeadersExtension? SecurityHeaders { get; init; }

    /// <summary>Whether clients may read the document; null for not.</summary>
    [Setting("Whether everybody who reaches the gateway may read the document, without what is the gateway's own: at `/openapi.json`, in the catalog, and on the page at `/docs`.", Default = "not published")]
    public PublishSettings? Publish { get; init; }

    /// <summary>Where the tenant comes from and how upstreams see it.</summary>
    [Setting("Where the tenant of a request comes from, and how upstreams see it.")]
    public TenancySettings Tenancy { get; init; } = new();

    /// <summary>How it is decided what callers may do.</summary>
    [Setting("How it is decided what callers may do.")]
    public AuthorizationSettings Authorization { get; init; } = new();

    /// <summary>From where clients may call; null for from anywhere.</summary>
    [Setting("From which addresses clients may call.", Default = "from anywhere")]
    public AddressSettings? Addresses { get; init; }

    /// <summary>How large requests may be, and how many may be under way at once.</summary>
    [Setting("How large requests may be, and how many may be under way at once.")]
    public LimitSettings Limits { get; init; } = new();

    /// <summary>How requests are held to the document.</summary>
    [Setting("How requests are held to the document's parameters, media types and schemas. An operation's `x-gateway-validation` replaces it.")]
    public ValidationExtension Validation { get; init; } = new();

    /// <summary>How errors are written.</summary>
    [Setting("How errors are written.")]
    public ErrorSettings Errors { get; init; } = new();

    /// <summary>Which version of the API the document is; null for unversioned.</summary>
    [Setting("Which version of the API the document describes, and how a request selects it.", Default = "selected by path alone")]
    public VersioningSettings? Versioning { get; init; }

    /// <summary>Idempotency of the operations that create; null for only where an operation says so.</summary>
    [Setting("Idempotency keys of every `POST` that creates (that declares a 201 answer).", Default = "only where an operation says so")]
    public IdempotencySettings? Idempotency { get; init; }

    /// <summary>The caching of every operation that can be cached; null for only where an operation says so.</summary>
    [Setting("Caching of every `GET` operation.", Default = "only where an operation says so")]
    public CacheExtension? Cache { get; init; }

    /// <summary>The proxies whose forwarding headers are believed.</summary>
    [Setting("The proxies in front of Headgate whose `Forwarded` and `X-Forwarded-*` are believed for the operations of this document, beside those of the settings.", Format = SettingFormat.Network, AllowSingle = true)]
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>What the access log shows; null for what the instance's settings say.</summary>
    [Setting("Whether requests are logged, and what is left out.", Default = "the instance's setting")]
    public AccessLogSettings? AccessLog { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }

    /// <summary><see cref="TrustedProxies"/> as networks; a single address is a network of one.</summary>
    public IEnumerable<IPNetwork> TrustedNetworks => AddressSettings.Networks(TrustedProxies);
}
