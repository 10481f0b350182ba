using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Consumers;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// Compiles <c>x-gateway-config.rateLimit</c> and <c>x-gateway-rate-limit</c>. An operation has up to two policies: for limits that hold before authentication, so that
/// forged tokens cannot buy unlimited checks of signatures, and for those that need to know the caller.
/// </summary>
/// <param name="isEarly">Which of the two.</param>
internal sealed class RateLimitCompiler(bool isEarly) : PolicyCompiler
{
    public override PipelineStage Stage => isEarly ? PipelineStage.ClientLimits : PipelineStage.CallerLimits;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        RateLimitPlan[] all = [.. PlansOf(scope)];
        if (isEarly)
            scope.Api.RateLimits.AddRange(all);
        RateLimitPlan[] own = [.. all.Where(plan => plan.IsEarly == isEarly).OrderBy(plan => plan.State.Order)];
        PolicyPhases phases = (own.Length == 0 ? PolicyPhases.None : PolicyPhases.Request) | (isEarly && all.Length > 0 ? PolicyPhases.Response : PolicyPhases.None);
        return phases == PolicyPhases.None ? null : new RateLimitPolicy(own, phases, RateLimitCommons.Of(scope).Texts);
    }

    private static IEnumerable<RateLimitPlan> PlansOf(OperationScope scope)
    {
        IEnumerable<RequestLimit> ofDocument = scope.Config.RateLimit?.ToLimits() ?? [];
        foreach (RequestLimit limit in ofDocument)
        {
            if ((limit.Endpoint is null || Matches(limit.Endpoint, scope.Operation)) && PlanOf(limit, limit.By.By == RateLimitBy.Endpoint, scope) is { } plan)
                yield return plan;
        }

        foreach (RequestLimit limit in scope.Operation.Extensions.Get<RateLimitExtension>()?.ToLimits() ?? [])
        {
            if (PlanOf(limit, true, scope) is { } plan)
                yield return plan;
        }
    }

    private static bool Matches(EndpointPattern pattern, ApiOperation operation) =>
        operation.BasePaths.Any(path => pattern.Matches(operation.Method, path + operation.Path.Text));

    private static RateLimitPlan? PlanOf(RequestLimit limit, bool isOfOperation, OperationScope scope)
    {
        // A burst without end is reported by the checkers.
        if (LimitRate.Of(limit.Limit, limit.Window, limit.Burst) is not { } rate)
            return null;
        RateLimitCommons commons = RateLimitCommons.Of(scope);
        string? service = limit.By.By == RateLimitBy.Service ? ForwardHandlerCompiler.BackendOf(scope).Service ?? scope.Services.DefaultName : null;
        var identity = new LimitIdentity(
            scope.Api.Name, isOfOperation ? scope.Operation.Id : null, service, limit.Name, limit.By, limit.Limit, limit.Window, limit.Callers);
        var consumer = new ConsumerKey(limit.By, commons.Hasher);
        return new RateLimitPlan(limit, rate, consumer, scope.Living(identity, () => new RateLimitState(identity, consumer.IsSingle, commons.Budget)));
    }
}
