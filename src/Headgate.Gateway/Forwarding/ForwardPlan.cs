using Headgate.Gateway.Forwarding.Bulkhead;
using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Forwarding.Fallback;
using Headgate.Gateway.Forwarding.Outbound;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Forwarding;

/// <summary>What an operation's <see cref="ForwardHandler"/> does, compiled. Immutable.</summary>
/// <param name="Service">Where to.</param>
/// <param name="Method">The method to send; null for the client's.</param>
/// <param name="Target">How the target is made; null for the client's normalised path and query.</param>
/// <param name="Timeouts">The limits of each stage.</param>
/// <param name="MapsErrors">Whether the upstream's error bodies are turned into the API's dialect.</param>
internal sealed record ForwardPlan(UpstreamService Service, string? Method, TargetPlan? Target, UpstreamTimeouts Timeouts, bool MapsErrors)
{
    /// <summary>How often the service may be called; null for without limit.</summary>
    public OutboundPlan? Outbound { get; init; }

    /// <summary>How many calls may be under way at once; null for without limit.</summary>
    public BulkheadPlan? Bulkhead { get; init; }

    /// <summary>When calls stop for a while; null for never.</summary>
    public BreakerPlan? Breaker { get; init; }

    /// <summary>How failed calls are repeated; null for not at all.</summary>
    public RetryPlan? Retry { get; init; }

    /// <summary>What is answered when the service cannot; null for the error.</summary>
    public FallbackPlan? Fallback { get; init; }

    /// <summary>All of it, setting by setting. Where the service runs is the service's own.</summary>
    public IEnumerable<PlanSetting> Settings =>
    [
        new("backend.service", Service.Name),
        new("backend.loadBalancing", Service.Balancer.Name),
        new("backend.method", Method ?? "the client's"),
        new("backend.path", Target?.ToString() ?? "the client's"),
        new("backend.errors", MapsErrors ? "mapped" : "passed on"),
        .. Timeouts.Settings,
        .. PlanSetting.Of("outbound", Outbound?.Settings),
        .. PlanSetting.Of("bulkhead", Bulkhead?.Settings),
        .. PlanSetting.Of("circuitBreaker", Breaker?.State.Identity.Settings),
        .. PlanSetting.Of("retry", Retry?.Settings),
        .. PlanSetting.Of("fallback", Fallback?.Settings),
    ];
}
