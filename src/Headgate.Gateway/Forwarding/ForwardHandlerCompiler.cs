using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding.Bulkhead;
using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Forwarding.Fallback;
using Headgate.Gateway.Forwarding.Outbound;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Compiles <c>x-gateway-backend</c> of operation, path and document, the inner over the outer. An operation without one goes to the
/// document's default service with the client's own path.
/// </summary>
internal sealed class ForwardHandlerCompiler : HandlerCompiler
{
    public override GatewayHandler? Compile(OperationScope scope)
    {
        BackendExtension backend = BackendOf(scope);
        string? name = backend.Service ?? scope.Services.DefaultName;
        if (name is null)
        {
            scope.Services.Unserved.Add(scope.Operation);
            return null;
        }

        if (!scope.Services.Names.Contains(name))
            return null; // Reported by the backend's own check, with a suggestion.

        TargetPlan? target = backend.Path is null ? null : TargetPlanCompiler.Compile(backend.Path, scope);
        if (backend.Path is not null && target is null)
            return null;
        ForwardPlan plan = PlanOf(backend, name, scope);
        return scope.Services.HandlerOf(plan with { Target = target, MapsErrors = scope.Config.Errors.Upstream == UpstreamErrors.Map, Fallback = FallbackPlan.Of(backend, plan.Service, scope) });
    }

    /// <summary>How a service is called, with everything that guards the call: what is given for the call itself, else for the service, else for the document.</summary>
    /// <param name="call">What is given for the call.</param>
    /// <param name="name">The service, which is known.</param>
    /// <param name="scope">The operation.</param>
    public static ForwardPlan PlanOf(BackendExtension call, string name, OperationScope scope)
    {
        UpstreamService service = scope.Services.Get(name, call.LoadBalancing);
        ServiceSettings settings = scope.Services.SettingsOf(name);
        UpstreamTimeouts timeouts = TimeoutsOf(settings.Timeouts, call.Timeout, scope.Config.Timeout);
        return new ForwardPlan(service, call.Method, Target: null, timeouts, MapsErrors: false)
        {
            Outbound = OutboundPlan.Of(settings.RateLimit, service, scope),
            Bulkhead = BulkheadPlan.Of(call, settings, service, scope),
            Breaker = BreakerPlan.Of(call, settings, service, scope),
            Retry = RetryPlan.Of(call, settings, service, scope),
        };
    }

    /// <summary>The backend settings in force for an operation.</summary>
    public static BackendExtension BackendOf(OperationScope scope)
    {
        BackendExtension? outer = scope.Document.Extensions.Get<BackendExtension>();
        BackendExtension? path = scope.Operation.PathExtensions.Get<BackendExtension>()?.Over(outer) ?? outer;
        return scope.Operation.Extensions.Get<BackendExtension>()?.Over(path) ?? path ?? new BackendExtension();
    }

    /// <summary>The longest that the call of an operation may take up to the head of its answer.</summary>
    public static TimeSpan LongestOf(OperationScope scope)
    {
        BackendExtension backend = BackendOf(scope);
        return LongestOf(backend.Service ?? scope.Services.DefaultName, backend.Timeout, scope);
    }

    /// <summary>The longest that a call may take up to the head of its answer, the wait for its turn included; a day where nothing bounds it.</summary>
    /// <param name="name">The service; null or unknown for the defaults.</param>
    /// <param name="call">What is given for the call itself.</param>
    /// <param name="scope">The operation.</param>
    public static TimeSpan LongestOf(string? name, CallTimeout? call, OperationScope scope)
    {
        ServiceSettings? settings = name is not null && scope.Services.Names.Contains(name) ? scope.Services.SettingsOf(name) : null;
        TimeSpan total = TotalOf(settings?.Timeouts ?? new ServiceTimeouts(), call, scope.Config.Timeout);
        TimeSpan wait = settings?.RateLimit?.Wait ?? TimeSpan.Zero;
        return total > TimeSpan.Zero ? wait + total : TimeSpan.FromDays(1);
    }

    private static TimeSpan TotalOf(ServiceTimeouts service, CallTimeout? call, TimeoutSettings document) => call?.Total switch
    {
        { Length: { } length } => length,
        { Name: { } name } when document.Named.TryGetValue(name, out Duration named) => named,
        { Name: "default" } => document.Default,
        _ => service.Total ?? document.Default,
    };

    private static UpstreamTimeouts TimeoutsOf(ServiceTimeouts service, CallTimeout? call, TimeoutSettings document)
    {
        TimeSpan total = TotalOf(service, call, document);
        TimeSpan headers = service.Headers ?? new Duration(total);
        return new UpstreamTimeouts(service.Connect, headers, service.Idle, total) { PerTry = call?.PerTry?.Value ?? Timeout.InfiniteTimeSpan };
    }
}
