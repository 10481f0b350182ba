using System.Globalization;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.CircuitBreaker;

/// <summary>When calls of an operation stop for a while, compiled. Immutable; what changes is the state.</summary>
/// <param name="State">The breaker.</param>
internal sealed record BreakerPlan(BreakerState State)
{
    private static readonly CircuitBreakerSettings s_usual = new();

    /// <summary>The breaker of an operation: its backend's own, else the service's, else the document's; null where there is none.</summary>
    public static BreakerPlan? Of(BackendExtension backend, ServiceSettings settings, UpstreamService service, OperationScope scope)
    {
        CircuitBreakerSettings inForce = backend.CircuitBreaker ?? settings.CircuitBreaker ?? scope.Config.CircuitBreaker;
        if (!inForce.Enabled)
            return null;
        string? operation = backend.CircuitBreaker is null ? null : scope.OperationKey;
        var identity = new BreakerIdentity(service.Name, service.AddressText, operation, inForce);
        return new BreakerPlan(scope.Living(identity, () => new BreakerState(identity, scope.Services.Commons.Logger)));
    }

    /// <summary>The failure that is the answer to a call that may not pass now.</summary>
    public GatewayFailure Refuse(TimeProvider clock) => RefusalAfter(State.Foresee(clock));

    /// <summary>The failure that would be the answer to a call that came now; null when it would pass.</summary>
    public GatewayFailure? Foresee(TimeProvider clock) => State.Foresee(clock) is { Ticks: > 0 } wait ? RefusalAfter(wait) : null;

    /// <summary>The breaker in words, where it is other than usual; else empty.</summary>
    public override string ToString()
    {
        CircuitBreakerSettings settings = State.Identity.Settings;
        string rule = settings == s_usual ? "" : string.Create(CultureInfo.InvariantCulture, $"breaker opens for {settings.OpenFor} after {settings.Failures} failures");
        return State.Phase switch
        {
            BreakerPhase.Open => "breaker open",
            BreakerPhase.HalfOpen => "breaker half-open",
            _ => rule,
        };
    }

    private GatewayFailure RefusalAfter(TimeSpan wait)
    {
        string service = State.Identity.Service;
        return new GatewayFailure(CallErrors.CircuitBreakerOpen, $"{CallErrors.CircuitBreakerOpen.Title} The service is {service}.")
        {
            Service = service,

            // Never zero: the breaker may have been open a moment ago and no longer is.
            RetryAfter = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds))),
        };
    }
}
