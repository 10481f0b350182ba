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
        UpstreamService service = scope.Services.Get(name, backend.LoadBalancing);
        ServiceSettings settings = scope.Services.SettingsOf(name);
        UpstreamTimeouts timeouts = TimeoutsOf(settings.Timeouts, backend.Timeout, scope.Config.Timeout);
        return scope.Services.HandlerOf(new ForwardPlan(service, backend.Method, target, timeouts, scope.Config.Errors.Upstream == UpstreamErrors.Map)
        {
            Outbound = OutboundPlan.Of(settings.RateLimit, service, scope),
            Bulkhead = BulkheadPlan.Of(backend, settings, service, scope),
            Breaker = BreakerPlan.Of(backend, settings, service, scope),
            Retry = RetryPlan.Of(backend, settings, service, scope),
            Fallback = FallbackPlan.Of(backend, service, scope),
        });
    }

    /// <summary>The backend settings in force for an operation.</summary>
    public static BackendExtension BackendOf(OperationScope scope)
    {
        BackendExtension? outer = scope.Document.Extensions.Get<BackendExtension>();
        BackendExtension? path = scope.Operation.PathExtensions.Get<BackendExtension>()?.Over(outer) ?? outer;
        return scope.Operation.Extensions.Get<BackendExtension>()?.Over(path) ?? path ?? new BackendExtension();
    }

    /// <summary>The time in force for a whole call of an operation.</summary>
    public static TimeSpan TotalOf(OperationScope scope)
    {
        BackendExtension backend = BackendOf(scope);
        bool isKnown = (backend.Service ?? scope.Services.DefaultName) is { } name && scope.Services.Names.Contains(name);
        return TotalOf(isKnown ? scope.Services.SettingsOf((backend.Service ?? scope.Services.DefaultName)!).Timeouts : new ServiceTimeouts(), backend.Timeout, scope.Config.Timeout);
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
