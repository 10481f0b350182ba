using Headgate.Gateway.Policies.RateLimit;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>A service: where it is and how to call it.</summary>
public sealed record ServiceSettings
{
    /// <summary>The address; null when <see cref="Urls"/> or <see cref="Discovery"/> says it.</summary>
    [Setting("The address of the only instance. A path in it is put before every target.", Format = SettingFormat.ServiceUrl, Default = "none")]
    [Shorthand]
    public string? Url { get; init; }

    /// <summary>The addresses of several instances.</summary>
    [Setting("The addresses of several instances.", Format = SettingFormat.ServiceUrl, Count = "1..1000", Default = "`url` alone")]
    [Shorthand(1)]
    public IReadOnlyList<string>? Urls { get; init; }

    /// <summary>The shares of the instances, in the order of <see cref="Urls"/>.</summary>
    [Setting("The share of traffic of each of `urls`, in their order.", Range = "1..1000", Default = "equal shares")]
    public IReadOnlyList<int>? Weights { get; init; }

    /// <summary>Where the instances are found at run time.</summary>
    [Setting("Where the instances are found at run time.", Default = "none")]
    [NotEnforcedYet]
    public DiscoverySettings? Discovery { get; init; }

    /// <summary>How an instance is chosen.</summary>
    [Setting("How an instance is chosen: `least-requests` takes the less busy of two at random.")]
    public LoadBalancing LoadBalancing { get; init; }

    /// <summary>How long each stage of a call may take.</summary>
    [Setting("How long each stage of a call may take.")]
    public ServiceTimeouts Timeouts { get; init; } = new();

    /// <summary>How Headgate and the service recognise each other over TLS.</summary>
    [Setting("How Headgate and the service recognise each other over TLS.", Default = "the system's certificate authorities")]
    public TlsSettings? Tls { get; init; }

    /// <summary>How failed calls are repeated.</summary>
    [Setting("How failed calls to the service are repeated.", Default = "the document's")]
    public RetrySettings? Retry { get; init; }

    /// <summary>When calls stop for a while.</summary>
    [Setting("When calls to the service stop for a while.", Aliases = ["breaker"], Default = "the document's")]
    public CircuitBreakerSettings? CircuitBreaker { get; init; }

    /// <summary>How many calls may be under way at once.</summary>
    [Setting("How many calls to the service may be under way at once.", Default = "no limit")]
    public BulkheadSettings? Bulkhead { get; init; }

    /// <summary>How its instances are asked whether they are well; null for not at all.</summary>
    [Setting("How the instances are asked whether they are well.", Default = "not asked")]
    public HealthCheckSettings? HealthCheck { get; init; }

    /// <summary>When an instance that fails is left out.</summary>
    [Setting("When an instance that fails while others serve is left out for a while.")]
    public EjectionSettings Ejection { get; init; } = new();

    /// <summary>How long an instance that comes back takes to its whole share.</summary>
    [Setting("How long an instance that was left out takes to come back to its whole share of traffic; it begins with a tenth.", Range = "0ms..1h")]
    public Duration SlowStart { get; init; } = Duration.FromSeconds(10);

    /// <summary>When no instance is left out.</summary>
    [Setting("With fewer usable instances in a hundred than this none is left out: then most are at fault, or the checks are. 0 for never.", Range = "0..100")]
    public int PanicThreshold { get; init; } = 50;

    /// <summary>How often the service may be called.</summary>
    [Setting("How often Headgate may call the service, whoever asks: to respect the limits of an external API.", Default = "no limit")]
    public OutboundLimitSettings? RateLimit { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }

    /// <summary>The addresses, whichever way they are given; empty when only discovery knows them.</summary>
    public IReadOnlyList<string> Addresses => Urls ?? (Url is null ? [] : [Url]);
}
