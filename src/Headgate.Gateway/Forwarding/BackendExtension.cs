using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// What <c>x-gateway-backend</c> says: to which service a request goes, and how. An operation's settings stand over its path's,
/// and those over the document's.
/// </summary>
public sealed record BackendExtension : IServiceCall
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-backend",
        typeof(BackendExtension),
        ExtensionLocations.Document | ExtensionLocations.Path | ExtensionLocations.Operation,
        "To which service a request goes, and how. Settings of an operation stand over those of its path, and those over the document's.");

    /// <summary>The service; null when an outer level says it.</summary>
    [Setting("The service, a key of `services` in `x-gateway-config`.", Format = SettingFormat.Name, Default = "that of the path, else of the document")]
    [Shorthand]
    public string? Service { get; init; }

    /// <summary>The request target at the service; null for the client's path unchanged.</summary>
    [Setting("The path at the service, with placeholders, and a query where one is to be added.", Default = "the client's path, unchanged")]
    public TargetTemplate? Path { get; init; }

    /// <summary>The method at the service; null for the client's.</summary>
    [Setting("The method at the service.", Format = SettingFormat.Method, Default = "the client's")]
    public string? Method { get; init; }

    /// <summary>How long the call may take.</summary>
    [Setting("How long the call may take: a duration, or the name of one of the document's timeouts.", Default = "the service's")]
    public CallTimeout? Timeout { get; init; }

    /// <summary>How failed calls are repeated.</summary>
    [Setting("How failed calls are repeated.", Default = "the service's")]
    public RetrySettings? Retry { get; init; }

    /// <summary>When calls stop for a while.</summary>
    [Setting("When calls stop for a while.", Aliases = ["breaker"], Default = "the service's")]
    public CircuitBreakerSettings? CircuitBreaker { get; init; }

    /// <summary>How many calls may be under way at once.</summary>
    [Setting("How many calls of the operation may be under way at once.", Default = "the service's")]
    public BulkheadSettings? Bulkhead { get; init; }

    /// <summary>How an instance is chosen.</summary>
    [Setting("How an instance is chosen.", Default = "the service's")]
    public LoadBalancing? LoadBalancing { get; init; }

    /// <summary>Changes to the request's headers.</summary>
    [Setting("Changes to the headers that the service sees.", Default = "none")]
    public HeaderTransform? RequestHeaders { get; init; }

    /// <summary>Changes to the response's headers.</summary>
    [Setting("Changes to the headers of the service's answers.", Default = "none")]
    public HeaderTransform? ResponseHeaders { get; init; }

    /// <summary>The answer when the service cannot give one.</summary>
    [Setting("The answer when the service cannot give one.", Default = "the error")]
    public FallbackSettings? Fallback { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }

    /// <summary>These settings over those of an outer level: what is not given here is taken from there.</summary>
    public BackendExtension Over(BackendExtension? outer) => outer is null ? this : this with
    {
        Service = Service ?? outer.Service,
        Path = Path ?? outer.Path,
        Method = Method ?? outer.Method,
        Timeout = Timeout ?? outer.Timeout,
        Retry = Retry ?? outer.Retry,
        CircuitBreaker = CircuitBreaker ?? outer.CircuitBreaker,
        Bulkhead = Bulkhead ?? outer.Bulkhead,
        LoadBalancing = LoadBalancing ?? outer.LoadBalancing,
        RequestHeaders = RequestHeaders ?? outer.RequestHeaders,
        ResponseHeaders = ResponseHeaders ?? outer.ResponseHeaders,
        Fallback = Fallback ?? outer.Fallback,
    };
}
